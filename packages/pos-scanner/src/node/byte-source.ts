import type { Sink } from '../scan.ts'

/** What is used of an open device: a stream, a serial port, a `node-hid` device. */
export interface ByteSource {
  on(event: string, listener: (value: Uint8Array) => void): unknown
  removeListener(event: string, listener: (value: Uint8Array) => void): unknown
  /** Closes a port or device. */
  close?(): unknown
  /** Closes a stream. */
  destroy?(): unknown
}

/** Opens the device; called again until it succeeds, and again after the device went away. */
export type OpenBytes = () => ByteSource | Promise<ByteSource>

/** How long a device that is away is left alone before it is tried again, ms. */
const DEFAULT_RETRY = 2_000

const GONE = ['error', 'close', 'end']

/** How to hold a device open. */
export interface ConnectionOptions {
  readonly open: OpenBytes
  /** ms between attempts to open a device that is away. Default 2000. */
  readonly retryEvery?: number
}

const close = (device: ByteSource): void => {
  // Errors of a device that is being closed, or is gone, tell nobody anything; without a listener they end the process.
  device.on('error', () => {})
  const closing: unknown = device.close === undefined ? device.destroy?.() : device.close()
  Promise.resolve(closing).catch(() => {})
}

/** Keeps a device open and hands over its bytes, until the returned function is called. Reports each outage once. */
export const keepOpen = (
  { open, retryEvery = DEFAULT_RETRY }: ConnectionOptions,
  { clock, problem }: Sink,
  onBytes: (bytes: Uint8Array) => void,
): (() => void) => {
  let isStopped = false
  let isAway = false
  let letGo = (): void => {}

  const retry = (code: 'FAILED' | 'UNPLUGGED', cause?: unknown): void => {
    if (isStopped) return
    if (!isAway) problem(code, cause)
    isAway = true
    letGo = clock.setTimeout(connect, retryEvery)
  }

  const use = (device: ByteSource): void => {
    if (isStopped) {
      close(device)
      return
    }
    isAway = false
    const gone = (cause?: unknown): void => {
      letGo()
      retry('UNPLUGGED', cause)
    }
    device.on('data', onBytes)
    for (const event of GONE) device.on(event, gone)
    letGo = () => {
      device.removeListener('data', onBytes)
      for (const event of GONE) device.removeListener(event, gone)
      close(device)
    }
  }

  const connect = (): void => {
    new Promise<ByteSource>((resolve) => resolve(open())).then(use, (cause) => retry('FAILED', cause))
  }

  connect()
  return () => {
    isStopped = true
    letGo()
  }
}
