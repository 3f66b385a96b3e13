import type { Suffix } from '../decoder/key.ts'
import type { EventSender } from '../listen.ts'
import type { Source } from '../scan.ts'
import { startWedge } from './session.ts'

/** How the scanner types, and how far the wedge may go. */
export interface KeyboardWedgeOptions {
  /** Where keys are listened for: `window` by default, `document`, an element, a shadow root. */
  readonly target?: EventSender
  /** What the scanner sends after a code. Default `any`: Enter, Tab or silence. */
  readonly suffix?: Suffix
  /** The slowest scanner counted on, ms from key to key on average. Default 115. */
  readonly slowestKey?: number
  /**
   * How long a key that can begin a scan is kept from the page at most, ms: in a field one that can begin a payment code
   * (1, 2, 3, 6) or the configured prefix; elsewhere any key, where no prefix is configured. Longer delays what people
   * type; shorter lets keys of slow scanners show for a moment before they are taken back. Default: `slowestKey` and
   * 15 more.
   */
  readonly hold?: number
  /** A payment code typed by hand and confirmed with Enter is a scan, with source `typed`. Default false. */
  readonly confirmTyped?: boolean
  /** A pasted payment code is a scan, with source `paste`. Default true. */
  readonly paste?: boolean
}

/**
 * A scanner that types like a keyboard. Listens in the capture phase, whatever has the focus; the keys of a scan do not
 * stay in a field. Throws a `TypeError` on start where there is no page and no target.
 */
export const keyboardWedge = (options: KeyboardWedgeOptions = {}): Source => ({
  start(sink) {
    const {
      target = (globalThis as { window?: EventSender }).window,
      suffix = 'any',
      slowestKey = 115,
      hold = slowestKey + 15,
      paste = true,
    } = options
    if (!target) throw new TypeError('no page')
    return startWedge(sink, { ...sink.settings, ...options, suffix, slowestKey, hold }, target, paste)
  },
})
