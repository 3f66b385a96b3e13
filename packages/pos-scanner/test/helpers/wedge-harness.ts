import type { Scan, ScannerProblem } from '../../src/scan.ts'
import { openScanner, type Scanner, type ScannerOptions } from '../../src/scanner.ts'
import { type KeyboardWedgeOptions, keyboardWedge } from '../../src/wedge/keyboard-wedge.ts'
import { type FakeKeyInit, FakePage } from './fake-page.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

/** How keys are pressed one after the other, ms. */
export interface Tempo {
  readonly perKey: number
  /** How long each key is held; 0 for no release at all. */
  readonly hold?: number
}

export interface Till {
  readonly page: FakePage
  readonly clock: ManualClock
  readonly scanner: Scanner
  readonly scans: Scan[]
  readonly problems: ScannerProblem[]
  /** Codes of the scans so far. */
  codes(): string[]
  /** Presses keys, each `perKey` after the one before. */
  keys(keys: Iterable<string | FakeKeyInit>, tempo: Tempo): void
}

/** An open wedge on a fake page. Opened with a clock that the caller moves. */
export const openTill = (wedge: KeyboardWedgeOptions = {}, options: Partial<ScannerOptions> = {}): Till => {
  const page = new FakePage()
  const clock = createManualClock()
  const scans: Scan[] = []
  const problems: ScannerProblem[] = []
  const scanner = openScanner({
    source: keyboardWedge({ target: page.window, ...wedge }),
    clock,
    onScan: (scan) => scans.push(scan),
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  return {
    page,
    clock,
    scanner,
    scans,
    problems,
    codes: () => scans.map(({ code }) => code),
    keys(keys, { perKey, hold = Math.min(2, perKey / 2) }) {
      for (const one of keys) {
        const init = typeof one === 'string' ? { key: one } : one
        page.down(init)
        clock.advance(hold)
        if (hold > 0) page.up(init)
        clock.advance(perKey - hold)
      }
    },
  }
}

/** The keys of a code and of Enter. */
export const withEnter = (code: string): string[] => [...code, 'Enter']
