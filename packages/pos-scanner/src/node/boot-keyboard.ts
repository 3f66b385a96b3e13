import type { Source } from '../scan.ts'
import { type ConnectionOptions, keepOpen } from './byte-source.ts'
import { usageCharacter } from './key-usages.ts'
import { createTransmission } from './transmission.ts'

/** How to read a scanner's keyboard reports. */
export interface BootKeyboardOptions extends ConnectionOptions {
  /** Silence after which a code without suffix is complete, ms. Default 300. */
  readonly idle?: number
  /** The number in front of each report, where the device numbers its reports. Default: none. */
  readonly reportId?: number
}

const REPORT_LENGTH = 8
const FIRST_KEY = 2
const SHIFT = 0x22
const ALT = 0x44
/** In every place of a report with more keys than it can hold. */
const ROLL_OVER = 0x01

/** Turns reports into characters: keys that are new in a report were pressed. */
const createReportDecoder = (): ((report: Uint8Array) => string) => {
  let held: readonly number[] = []
  let altCode = ''
  return (report) => {
    const [modifiers = 0] = report
    const keys = [...report.subarray(FIRST_KEY)].filter((usage) => usage > ROLL_OVER)
    if (report[FIRST_KEY] === ROLL_OVER) return ''
    const pressed = keys.filter((usage) => !held.includes(usage))
    const text = pressed.map((usage) => usageCharacter(usage, (modifiers & SHIFT) !== 0)).join('')
    held = keys
    if ((modifiers & ALT) !== 0) {
      altCode += text
      return ''
    }
    // Scanners for any layout write a character as Alt and its number on the number pad.
    const written = altCode === '' ? '' : String.fromCharCode(Number(altCode))
    altCode = ''
    return written + text
  }
}

/**
 * A scanner in keyboard mode that is read past the system's keyboard: boot keyboard reports of eight bytes, for example
 * from a `/dev/hidraw` device. Nobody types on it, so every code is a scan.
 *
 * ```ts
 * const source = bootKeyboard({ open: () => createReadStream('/dev/hidraw0') })
 * ```
 */
export const bootKeyboard = ({ idle = 300, reportId, ...connection }: BootKeyboardOptions): Source => ({
  start(sink) {
    const transmission = createTransmission(sink, 'boot-keyboard', idle)
    const decode = createReportDecoder()
    const numbered = reportId === undefined ? 0 : 1
    const size = REPORT_LENGTH + numbered
    let rest: Uint8Array = new Uint8Array()
    const disconnect = keepOpen(connection, sink, (bytes) => {
      const all = Uint8Array.of(...rest, ...bytes)
      const whole = all.length - (all.length % size)
      for (let at = 0; at < whole; at += size) {
        const report = all.subarray(at, at + size)
        if (reportId === undefined || report[0] === reportId) transmission.take(decode(report.subarray(numbered)))
      }
      rest = all.subarray(whole)
    })
    return () => {
      disconnect()
      transmission.close()
    }
  },
})
