import { type Clock, machineClock } from './clock.ts'
import { readCode } from './read-code.ts'
import type { Scan, ScannerProblem, Sink, Source } from './scan.ts'

/** What {@link openScanner} needs to know. */
export interface ScannerOptions {
  readonly source: Source
  /** Called once for every scan. Keep the code out of addresses, logs and errors. */
  readonly onScan: (scan: Scan) => void
  /** Called when something is wrong with the scanner or with what it sent. Default: nothing happens. */
  readonly onProblem?: (problem: ScannerProblem) => void
  /** The same code again within this time is the same scan, ms; 0 turns that off. Default 3000. */
  readonly dedupeWithin?: number
  /** What the scanner is set to send before each code. It is taken off; without it nothing is a scan. Default: none. */
  readonly prefix?: string
  /** Whether an AIM identifier (`]C0`, `]Q1`) in front of the code is taken off and reported. Default true. */
  readonly aim?: boolean
  /** Shorter codes are not reported, characters. Default 6. */
  readonly minLength?: number
  /** Longer codes are not reported, characters. Default 512. */
  readonly maxLength?: number
  /** Default: the machine's clock. */
  readonly clock?: Clock
}

/** An open scanner. */
export interface Scanner {
  /** Stops listening and takes every listener and timer away. May be called again. */
  close(): void
}

/**
 * Listens to a scanner until it is closed.
 *
 * ```ts
 * const scanner = openScanner({
 *   source: keyboardWedge(),
 *   onScan: ({ code, kind }) => (kind === 'alipay' ? pay(code) : show(`This is a ${kind} code.`)),
 * })
 * ```
 */
export const openScanner = ({
  source,
  onScan,
  onProblem,
  dedupeWithin = 3_000,
  prefix = '',
  aim = true,
  minLength = 6,
  maxLength = 512,
  clock = machineClock,
}: ScannerOptions): Scanner => {
  /** When each code was last seen: one that stays in front of the scanner stays one scan. */
  const seen = new Map<string, number>()
  const settings = { prefix, aim, minLength, maxLength }
  let open = true

  const problem: Sink['problem'] = (code, cause) => {
    if (open) onProblem?.({ code, cause })
  }
  const scan: Sink['scan'] = (read, from) => {
    const { code } = read
    const at = clock.now()
    for (const [old, time] of seen) if (at - time >= dedupeWithin) seen.delete(old)
    const isRepeated = seen.has(code)
    seen.set(code, at)
    if (code.length > maxLength) problem('TOO_LONG')
    else if (open && !isRepeated) onScan({ ...read, source: from, at })
  }
  const text: Sink['text'] = (sent, from) => {
    const read = readCode(sent.trimEnd(), settings)
    if (read) scan(read, from)
  }

  const stop = source.start({ clock, settings, scan, text, problem })
  return {
    close() {
      if (open) stop()
      open = false
    },
  }
}
