import type { ScannerProblemCode, Sink, Source } from '../scan.ts'

/** A scanner without hardware and without a page. */
export interface SimulatedScanner {
  /** For `openScanner`. */
  readonly source: Source
  /** Sends one transmission: prefix, AIM identifier and code, as the scanner would. Nothing happens while it is closed. */
  send(text: string): void
  /** Reports a problem of the device. */
  fail(code: ScannerProblemCode): void
}

/**
 * A source that tests feed by hand.
 *
 * ```ts
 * const { source, send } = simulatedScanner()
 * openScanner({ source, onScan })
 * send('280000000000000000')
 * ```
 */
export const simulatedScanner = (): SimulatedScanner => {
  let open: Sink | undefined
  return {
    source: {
      start(sink) {
        open = sink
        return () => {
          open = undefined
        }
      },
    },
    send: (text) => open?.text(text, 'simulated'),
    fail: (code) => open?.problem(code),
  }
}
