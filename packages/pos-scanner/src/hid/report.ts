import { AIM } from '../read-code.ts'
import type { Sink } from '../scan.ts'
import { BRACKET, CONTINUED, LAST_DATA_REPORT, LONGEST_WAIT } from './numbers.ts'

/** Whether a maker's scanners stay silent until they are woken. Source: protocol §11.2. */
export const needsWaking = (vendorId: number): boolean => [0x0c2e, 0x23d0].includes(vendorId)

/** Where the data begins: makers put the AIM identifier in front of it, one byte further, in the data, or nowhere. */
const dataStart = (report: Uint8Array): number => {
  const [length = 0, first, second, , fourth] = report
  if (second === BRACKET || (!first && !fourth)) return 5
  return !first || (first === BRACKET && report[3 + length]) ? 4 : 1
}

/**
 * Puts the reports of one HID POS device together. Source: protocol §11.2.
 *
 * @returns takes a report's number and the report without it: length, AIM identifier, data, flags
 */
export const createReportReader = ({
  clock,
  settings,
  text,
  problem,
}: Sink): ((number: number, report: Uint8Array) => void) => {
  const decoder = new TextDecoder()
  let sent = ''
  let last = 0
  return (number, report) => {
    const [length = 0] = report
    if (number > LAST_DATA_REPORT || !length) return
    const now = clock.now()
    const start = dataStart(report)
    const end = start + length
    if (!sent || now - last > LONGEST_WAIT) {
      if (sent) problem('INCOMPLETE')
      // Forgets half a character of the code before.
      decoder.decode()
      sent = (settings.aim && AIM.exec(String.fromCharCode(...report.subarray(start - 3, start)))?.[0]) || ''
    }
    last = now
    // One more than allowed is enough to know that a code is too long.
    if (sent.length <= settings.maxLength) sent += decoder.decode(report.subarray(start, end), { stream: true })
    // A maker whose data fills the report has no flag in it: a full report is followed by another.
    if (end > CONTINUED ? end >= report.length : (report[CONTINUED] ?? 0) & 1) return
    const whole = sent
    sent = ''
    text(whole, 'hid-pos')
  }
}
