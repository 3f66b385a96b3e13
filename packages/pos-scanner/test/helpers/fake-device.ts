import { EventEmitter } from 'node:events'
import type { ByteSource } from '../../src/node/byte-source.ts'
import { placeOf, shiftOf } from '../../src/testing/us-keys.ts'

/** A device or stream that sends bytes, can fail, and can be opened again as another object. */
export class FakeDevice extends EventEmitter implements ByteSource {
  isClosed = false
  readonly features: number[][] = []

  send(bytes: Iterable<number>): void {
    this.emit('data', Uint8Array.from(bytes))
  }

  close(): void {
    this.isClosed = true
  }

  sendFeatureReport(data: number[]): void {
    this.features.push(data)
  }

  /** Listeners for what the device sends and how it ends. */
  get watchers(): number {
    return this.listenerCount('data') + this.listenerCount('close') + this.listenerCount('end')
  }
}

/** A port where a device can be plugged in, and opened. */
export class FakePort {
  device: FakeDevice | undefined = new FakeDevice()
  opened: FakeDevice | undefined
  attempts = 0

  readonly open = (): FakeDevice => {
    this.attempts += 1
    if (this.device === undefined) throw new Error('ENODEV: no such device')
    this.opened = this.device
    return this.device
  }

  pullOut(): void {
    const gone = this.device
    this.device = undefined
    gone?.emit('error', new Error('EIO: could not read'))
  }

  plugIn(): void {
    this.device = new FakeDevice()
  }

  get listeners(): number {
    return this.opened?.watchers ?? 0
  }
}

const USAGES: Readonly<Record<string, number>> = {
  Enter: 0x28,
  Tab: 0x2b,
  Space: 0x2c,
  Minus: 0x2d,
  Equal: 0x2e,
  BracketLeft: 0x2f,
  BracketRight: 0x30,
  Backslash: 0x31,
  Semicolon: 0x33,
  Quote: 0x34,
  Backquote: 0x35,
  Comma: 0x36,
  Period: 0x37,
  Slash: 0x38,
}

/** The usage of a US keyboard's key that writes a character, or of a key by its name. Protocol §11.1. */
export const usageOf = (key: string): number => {
  const place = placeOf(key)
  if (place.startsWith('Key')) return 0x04 + place.charCodeAt(3) - 65
  if (place.startsWith('Digit')) return 0x1e + ((Number(place.slice(5)) + 9) % 10)
  return USAGES[place] ?? 0
}

/** A press and its release, in boot keyboard reports. */
export const bootReports = (keys: Iterable<string>): number[] =>
  [...keys].flatMap((key) => [shiftOf(key) ? 0x02 : 0, 0, usageOf(key), 0, 0, 0, 0, 0, ...new Uint8Array(8)])
