import type { Source } from '../scan.ts'
import { type ConnectionOptions, keepOpen } from './byte-source.ts'
import { createTransmission } from './transmission.ts'

/** How to read a scanner on a serial line. */
export interface SerialOptions extends ConnectionOptions {
  /** Silence after which a code without suffix is complete, ms. Default 100. */
  readonly idle?: number
}

/**
 * A scanner on a serial port or a virtual one (CDC-ACM): text that ends with CR, LF, Tab, ETX or silence.
 *
 * ```ts
 * const source = serial({ open: () => new SerialPort({ path: '/dev/ttyACM0', baudRate: 9600 }) })
 * ```
 */
export const serial = ({ idle = 100, ...connection }: SerialOptions): Source => ({
  start(sink) {
    const transmission = createTransmission(sink, 'serial', idle)
    const decoder = new TextDecoder()
    const disconnect = keepOpen(connection, sink, (bytes) => transmission.take(decoder.decode(bytes, { stream: true })))
    return () => {
      disconnect()
      transmission.close()
    }
  },
})
