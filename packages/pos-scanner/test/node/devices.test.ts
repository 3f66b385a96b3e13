import { PassThrough } from 'node:stream'
import type * as nodeHid from 'node-hid'
import { describe, expect, test } from 'vitest'
import { hidPos, type NodeHid, type NodeHidInfo, serial } from '../../src/node/index.ts'
import type { ScannerProblem, Source } from '../../src/scan.ts'
import { openScanner } from '../../src/scanner.ts'
import { FakeDevice, FakePort } from '../helpers/fake-device.ts'
import { flush } from '../helpers/flush.ts'
import { reportsOf } from '../helpers/hid-reports.ts'
import { createManualClock } from '../helpers/manual-clock.ts'

const CODE = '287612345678901234'
const LINE = new TextEncoder().encode(`${CODE}\r\n`)

const openTill = async (source: Source) => {
  const clock = createManualClock()
  const codes: string[] = []
  const problems: ScannerProblem[] = []
  const scanner = openScanner({
    source,
    clock,
    onScan: ({ code }) => codes.push(code),
    onProblem: (problem) => problems.push(problem),
  })
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await flush()
  }
  await flush()
  return { clock, codes, problems, scanner, advance }
}

describe('a device that is not there', () => {
  test('is reported once, tried every two seconds, and used when it comes', async () => {
    const port = new FakePort()
    port.device = undefined
    const till = await openTill(serial({ open: port.open }))
    for (let seconds = 0; seconds < 10; seconds += 2) await till.advance(2_000)
    expect([port.attempts, till.problems.length]).toEqual([6, 1])
    expect(till.problems[0]).toMatchObject({ code: 'FAILED', cause: { message: 'ENODEV: no such device' } })
    port.plugIn()
    await till.advance(2_000)
    port.opened?.send(LINE)
    expect(till.codes).toEqual([CODE])
  })

  test('is tried as often as the caller says', async () => {
    const port = new FakePort()
    port.device = undefined
    const till = await openTill(serial({ open: port.open, retryEvery: 500 }))
    await till.advance(499)
    expect(port.attempts).toBe(1)
    await till.advance(1)
    expect(port.attempts).toBe(2)
    till.scanner.close()
    expect(till.clock.pending()).toBe(0)
  })
})

describe('a device that goes away', () => {
  for (const event of ['error', 'close', 'end']) {
    test(`with ${event} is closed, reported once and opened again`, async () => {
      const port = new FakePort()
      const till = await openTill(serial({ open: port.open }))
      const gone = port.opened
      gone?.emit(event, new Error('EIO'))
      gone?.emit('close')
      expect(till.problems.map(({ code }) => code)).toEqual(['UNPLUGGED'])
      expect([gone?.isClosed, gone?.watchers]).toEqual([true, 0])
      port.plugIn()
      await till.advance(2_000)
      port.opened?.send(LINE)
      expect(till.codes).toEqual([CODE])
    })
  }

  test('and fails once more while it is closed does not end the process', async () => {
    const port = new FakePort()
    await openTill(serial({ open: port.open }))
    const gone = port.opened
    gone?.emit('close')
    expect(() => gone?.emit('error', new Error('EIO'))).not.toThrow()
  })
})

describe('closing', () => {
  test('while a device is being opened closes it', async () => {
    const device = new FakeDevice()
    const { scanner } = await openTill(serial({ open: async () => device }))
    scanner.close()
    const late = openScanner({ source: serial({ open: async () => device }), onScan: () => {} })
    device.isClosed = false
    late.close()
    await flush()
    expect(device.isClosed).toBe(true)
  })

  test('destroys a stream', async () => {
    const stream = new PassThrough()
    const { scanner, codes } = await openTill(serial({ open: () => stream }))
    stream.write(LINE)
    await flush()
    scanner.close()
    expect([codes, stream.destroyed]).toEqual([[CODE], true])
  })
})

describe('a serial line', () => {
  const read = async (...chunks: (string | readonly number[])[]): Promise<string[]> => {
    const device = new FakeDevice()
    const till = await openTill(serial({ open: () => device }))
    for (const chunk of chunks) device.send(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
    await till.advance(100)
    return till.codes
  }

  const cases: Record<string, readonly (string | readonly number[])[]> = {
    'with CR': [`${CODE}\r`],
    'with LF': [`${CODE}\n`],
    'with CR and LF in two chunks': [`${CODE}\r`, '\n'],
    'with Tab': [`${CODE}\t`],
    'between STX and ETX': [`\x02${CODE}\x03`],
    'without anything': [CODE],
    'byte by byte': [...CODE].map((character) => [character.charCodeAt(0)]),
  }
  for (const [how, chunks] of Object.entries(cases)) {
    test(`is read ${how}`, async () => expect(await read(...chunks)).toEqual([CODE]))
  }

  test('reads two codes out of one chunk', async () => {
    expect(await read(`${CODE}\r134567890123456789\r`)).toEqual([CODE, '134567890123456789'])
  })

  test('reads UTF-8 cut in the middle of a character', async () => {
    const [bytes, cut] = [[...new TextEncoder().encode('支付宝收款码')], 4]
    expect(await read(bytes.slice(0, cut), bytes.slice(cut), '\r')).toEqual(['支付宝收款码'])
  })

  test('that never ends a code does not fill the memory', async () => {
    const device = new FakeDevice()
    const till = await openTill(serial({ open: () => device }))
    for (let count = 0; count < 100; count++) device.send(new Uint8Array(1_000).fill(0x31))
    device.send([13])
    expect(till.problems).toEqual([{ code: 'TOO_LONG', cause: undefined }])
  })
})

describe('node-hid', () => {
  const INFO: NodeHidInfo = { vendorId: 0x05e0, productId: 7, path: '/dev/hidraw3', usagePage: 0x8c, usage: 2 }

  const createModule = (...infos: readonly NodeHidInfo[]) => {
    const opened: [string, FakeDevice][] = []
    class HID extends FakeDevice {
      constructor(path: string) {
        super()
        opened.push([path, this])
      }
    }
    return { module: { devices: () => [...infos], HID } satisfies NodeHid, opened }
  }

  test('opens the first scanner that fits and reads it', async () => {
    const { module, opened } = createModule(
      { ...INFO, usagePage: 1, path: 'keyboard' },
      { ...INFO, vendorId: 0x0c2e, path: 'other maker' },
      { ...INFO, productId: 8, path: 'other model' },
      INFO,
    )
    const till = await openTill(hidPos({ hid: module, vendorId: 0x05e0, productId: 7 }))
    expect(opened.map(([path]) => path)).toEqual(['/dev/hidraw3'])
    for (const { number, bytes } of reportsOf(`]C0${CODE}`)) opened[0]?.[1].send([number, ...bytes])
    expect(till.codes).toEqual([CODE])
  })

  test('wakes the scanners that need it', async () => {
    const { module, opened } = createModule({ ...INFO, vendorId: 0x0c2e })
    await openTill(hidPos({ hid: module }))
    expect(opened[0]?.[1].features).toEqual([[0xfe, 1]])
  })

  test('without a scanner says so', async () => {
    const { module } = createModule({ ...INFO, path: undefined })
    const till = await openTill(hidPos({ hid: module }))
    expect(till.problems).toMatchObject([{ code: 'FAILED', cause: { message: 'No HID POS scanner is plugged in.' } }])
  })

  test('fits by its own types', () => {
    const asUsed = (hid: typeof nodeHid): NodeHid => hid
    expect(asUsed).toBeTypeOf('function')
  })
})
