import type { ScanSource, Sink } from '../scan.ts'

/** What ends a transmission: CR, LF, Tab, ETX. Source: protocol §11.4. */
const ENDS = '\r\n\t\x03'
/** STX, which some scanners send in front; and NUL, which pads. */
const IGNORED = '\x02\0'

/** Puts characters together until a suffix or silence ends the code. */
export interface Transmission {
  take(text: string): void
  close(): void
}

/** @param idle - ms of silence after which a code without suffix is complete */
export const createTransmission = (sink: Sink, source: ScanSource, idle: number): Transmission => {
  const { clock, settings } = sink
  let sent = ''
  let stopTimer = (): void => {}
  const finish = (): void => {
    const text = sent
    sent = ''
    sink.text(text, source)
  }
  return {
    take(text) {
      stopTimer()
      for (const character of text) {
        if (ENDS.includes(character)) finish()
        // Prefix and AIM identifier are short; of what is longer, enough is kept to know that it is too long.
        else if (!IGNORED.includes(character) && sent.length <= settings.maxLength * 2) sent += character
      }
      if (sent !== '') stopTimer = clock.setTimeout(finish, idle)
    },
    close: () => stopTimer(),
  }
}
