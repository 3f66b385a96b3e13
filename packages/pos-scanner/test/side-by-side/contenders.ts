import { keyboardWedge, openScanner } from '@f2f/pos-scanner'
import KeyboardBarcodeScanner from '@point-of-sale/keyboard-barcode-scanner'
import onScan from 'onscan.js'
import type { FakePage } from '../helpers/fake-page.ts'
import type { ManualClock } from '../helpers/manual-clock.ts'

/** A scanner library as its README says to use it. */
export interface Contender {
  readonly name: string
  /** Begins to listen and puts codes into `codes`; the returned function stops it. */
  open(page: FakePage, clock: ManualClock, codes: string[]): () => void
}

const onScanWith = (name: string, options: { avgTimeByChar?: number; timeBeforeScanTest?: number }): Contender => ({
  name,
  open(page, _clock, codes) {
    onScan.attachTo(page.document, { ...options, onScan: (code) => codes.push(code) })
    return () => onScan.detachFrom(page.document)
  },
})

export const CONTENDERS: readonly Contender[] = [
  {
    name: '@f2f/pos-scanner',
    open(page, clock, codes) {
      const source = keyboardWedge({ target: page.window })
      const scanner = openScanner({ source, clock, dedupeWithin: 0, onScan: ({ code }) => codes.push(code) })
      return () => scanner.close()
    },
  },
  onScanWith('onscan.js', {}),
  // As slow as the slowest scanner of the corpus, so that it can find all of them.
  onScanWith('onscan.js, set to slow scanners', { avgTimeByChar: 115, timeBeforeScanTest: 300 }),
  {
    name: '@point-of-sale/keyboard-barcode-scanner',
    open(_page, _clock, codes) {
      const scanner = new KeyboardBarcodeScanner()
      scanner.addEventListener('barcode', ({ value }) => codes.push(value))
      void scanner.connect()
      return () => void scanner.disconnect()
    },
  },
]

/** Nobody listens: what the page alone takes. */
export const NOBODY: Contender = { name: 'nobody', open: () => () => undefined }
