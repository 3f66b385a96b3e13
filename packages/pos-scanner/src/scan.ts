import type { AuthCodeKind } from '@f2f/core'
import type { Clock } from './clock.ts'

/** How a scan reached the till; `typed` and `paste` come from the keyboard wedge when it accepts them. */
export type ScanSource = 'keyboard' | 'typed' | 'paste' | 'hid-pos' | 'boot-keyboard' | 'serial' | 'simulated'

/** One code, read once. It is a secret while it lives: keep it out of addresses, logs and errors. */
export interface Scan {
  /** The code without prefix, AIM identifier and suffix. */
  readonly code: string
  /** Whose wallet shows it. */
  readonly kind: AuthCodeKind
  readonly source: ScanSource
  /** The AIM identifier the scanner sent, for example `]C0` for Code 128 or `]Q1` for QR. */
  readonly aim?: string
  /** When it was complete, ms since 1970 by the scanner's clock. */
  readonly at: number
}

/**
 * What can go wrong, as a closed set.
 *
 * - `NOT_FOUND`: none may be used yet; plug it in, or have the user choose it.
 * - `UNPLUGGED`: it is used again as soon as it is back.
 * - `FAILED`: it could not be opened; close other programs that use it, and plug it in again.
 * - `TOO_LONG`: a code was longer than `maxLength` and was dropped.
 * - `INCOMPLETE`: the rest of a code never came; scan again.
 */
export type ScannerProblemCode = 'NOT_FOUND' | 'UNPLUGGED' | 'FAILED' | 'TOO_LONG' | 'INCOMPLETE'

/** Something the cashier or the till's maintainer should know. It never carries a code. */
export interface ScannerProblem {
  readonly code: ScannerProblemCode
  /** What the device or the system threw. */
  readonly cause?: unknown
}

/** A code taken out of what a scanner sent. */
export interface CodeRead {
  readonly code: string
  readonly kind: AuthCodeKind
  readonly aim?: string
}

/** What every source is told about the codes it will see. */
export interface CodeSettings {
  /** What the scanner sends before each code; empty for none. */
  readonly prefix: string
  /** Whether an AIM identifier in front of the code is taken off. */
  readonly aim: boolean
  /** Shorter codes are not reported, characters. */
  readonly minLength: number
  /** Longer codes are not reported, characters. */
  readonly maxLength: number
}

/** What a {@link Source} reports to. */
export interface Sink {
  readonly clock: Clock
  readonly settings: CodeSettings
  /** A code that is already read. */
  scan(read: CodeRead, source: ScanSource): void
  /** One whole transmission of a scanner: prefix, AIM identifier, code and suffix, as far as it sends them. */
  text(text: string, source: ScanSource): void
  problem(code: ScannerProblemCode, cause?: unknown): void
}

/** Where scans come from: {@link keyboardWedge}, {@link hidPos}, those of `@f2f/pos-scanner/node`, or your own. */
export interface Source {
  /** Begins to listen; the returned function stops it and takes every listener and timer away. */
  start(sink: Sink): () => void
}
