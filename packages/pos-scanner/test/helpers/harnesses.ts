import { hidPos as webHidPos } from '../../src/hid/web-hid.ts'
import { bootKeyboard } from '../../src/node/boot-keyboard.ts'
import { hidPos as nodeHidPos } from '../../src/node/hid-pos.ts'
import { serial } from '../../src/node/serial.ts'
import { simulatedScanner } from '../../src/testing/simulated-scanner.ts'
import type { SourceHarness } from '../../src/testing/source-contract.ts'
import { keyboardWedge } from '../../src/wedge/keyboard-wedge.ts'
import { CountingTarget } from './counting-target.ts'
import { bootReports, FakePort } from './fake-device.ts'
import { FakeHid, FakeHidDevice } from './fake-hid.ts'
import { FakePage } from './fake-page.ts'
import { flush } from './flush.ts'
import { reportsOf } from './hid-reports.ts'
import { createManualClock } from './manual-clock.ts'

const timed = () => {
  const clock = createManualClock()
  const advance = async (ms: number): Promise<void> => {
    await flush()
    clock.advance(ms)
    await flush()
  }
  return { clock, advance }
}

const wedge = (): SourceHarness => {
  const { clock, advance } = timed()
  const window = new CountingTarget()
  const page = new FakePage(window)
  return {
    source: keyboardWedge({ target: window }),
    clock,
    advance,
    send: (text, suffix) => {
      for (const key of [...text, ...(suffix ? ['Enter'] : [])]) {
        page.down({ key })
        clock.advance(2)
        page.up({ key })
        clock.advance(3)
      }
    },
    listeners: () => window.listeners,
  }
}

const webHid = (): SourceHarness => {
  const device = new FakeHidDevice()
  const hid = new FakeHid(device)
  return {
    source: webHidPos({ hid }),
    ...timed(),
    send: (text, suffix) => device.send(suffix ? `${text}\r` : text),
    listeners: () => hid.listeners + device.listeners,
    unplug: () => hid.pullOut(device),
    replug: () => hid.plugIn(device),
  }
}

const onPort = (port: FakePort, bytesOf: (text: string, suffix: boolean) => readonly Iterable<number>[]) => ({
  ...timed(),
  send: (text: string, suffix: boolean) => {
    for (const bytes of bytesOf(text, suffix)) port.opened?.send(bytes)
  },
  listeners: () => port.listeners,
  unplug: () => port.pullOut(),
  replug: () => port.plugIn(),
})

const nodeHid = (): SourceHarness => {
  const port = new FakePort()
  const hid = {
    devices: () =>
      port.device ? [{ vendorId: 0x05e0, productId: 1, path: '/dev/hid', usagePage: 0x8c, usage: 2 }] : [],
    HID: function open() {
      return port.open()
    } as unknown as new () => ReturnType<typeof port.open>,
  }
  return {
    source: nodeHidPos({ hid }),
    ...onPort(port, (text, suffix) =>
      reportsOf(suffix ? `${text}\r` : text).map(({ number, bytes }) => [number, ...bytes]),
    ),
  }
}

const boot = (): SourceHarness => {
  const port = new FakePort()
  const source = bootKeyboard({ open: port.open })
  return { source, ...onPort(port, (text, suffix) => [bootReports([...text, ...(suffix ? ['Enter'] : [])])]) }
}

const serialLine = (): SourceHarness => {
  const port = new FakePort()
  const source = serial({ open: port.open })
  return { source, ...onPort(port, (text, suffix) => [new TextEncoder().encode(suffix ? `${text}\r\n` : text)]) }
}

const simulated = (): SourceHarness => {
  const { source, send } = simulatedScanner()
  let open = 0
  const counted: SourceHarness['source'] = {
    start(sink) {
      const stop = source.start(sink)
      open += 1
      return () => {
        stop()
        open -= 1
      }
    },
  }
  return { source: counted, ...timed(), send: (text) => send(text), listeners: () => open }
}

/** A new harness for every source of this package. */
export const HARNESSES: Readonly<Record<string, () => SourceHarness>> = {
  'keyboard wedge': wedge,
  'HID POS in a browser': webHid,
  'HID POS in Node': nodeHid,
  'boot keyboard': boot,
  'serial line': serialLine,
  'simulated scanner': simulated,
}
