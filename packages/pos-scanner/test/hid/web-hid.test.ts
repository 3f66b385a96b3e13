import { describe, expect, test } from 'vitest'
import { type HidPosSource, hidPos } from '../../src/hid/web-hid.ts'
import type { ScannerProblem } from '../../src/scan.ts'
import { openScanner } from '../../src/scanner.ts'
import { FakeHid, FakeHidDevice } from '../helpers/fake-hid.ts'
import { flush } from '../helpers/flush.ts'
import { createManualClock } from '../helpers/manual-clock.ts'

const CODE = '287612345678901234'

const openTill = async (hid: FakeHid, source: HidPosSource = hidPos({ hid })) => {
  const codes: string[] = []
  const problems: ScannerProblem[] = []
  const scanner = openScanner({
    source,
    clock: createManualClock(),
    onScan: ({ code }) => codes.push(code),
    onProblem: (problem) => problems.push(problem),
  })
  await flush()
  return { source, scanner, codes, problems }
}

describe('WebHID', () => {
  test('asks the user for devices of the bar code scanner page only, and uses the chosen one at once', async () => {
    const hid = new FakeHid()
    const { source, codes, problems } = await openTill(hid)
    expect(problems.map(({ code }) => code)).toEqual(['NOT_FOUND'])
    const device = new FakeHidDevice()
    hid.chosen = [device]
    expect(await source.request()).toBe(true)
    await flush()
    expect(hid.requests).toEqual([{ filters: [{ usagePage: 0x8c, usage: 2 }] }])
    device.send(CODE)
    expect(codes).toEqual([CODE])
  })

  test('says when the user chose none, and may ask before the scanner is opened', async () => {
    const hid = new FakeHid()
    const source = hidPos({ hid })
    expect(await source.request()).toBe(false)
  })

  test('reads every scanner there is, and no other device', async () => {
    const scanners = [new FakeHidDevice(), new FakeHidDevice()]
    const display = new FakeHidDevice({ usagePage: 0x14 })
    const scale = new FakeHidDevice({ usagePage: 0x8c, usage: 1 })
    const { codes } = await openTill(new FakeHid(display, ...scanners, scale))
    expect([display, ...scanners, scale].map(({ opened }) => opened)).toEqual([false, true, true, false])
    scanners[0]?.send(CODE)
    scanners[1]?.send('134567890123456789')
    expect(codes).toEqual([CODE, '134567890123456789'])
  })

  test('uses a device once, however often it is named', async () => {
    const device = new FakeHidDevice()
    const hid = new FakeHid(device)
    const { source } = await openTill(hid)
    hid.chosen = [device]
    await source.request()
    hid.plugIn(device)
    expect(device.listeners).toBe(1)
  })

  test('does not open a device again that is open', async () => {
    const device = new FakeHidDevice()
    device.opened = true
    device.openError = new Error('InvalidStateError')
    const { problems } = await openTill(new FakeHid(device))
    expect(problems).toEqual([])
  })

  for (const vendorId of [0x0c2e, 0x23d0]) {
    test(`wakes scanners of maker ${vendorId.toString(16)}`, async () => {
      const device = new FakeHidDevice({ vendorId })
      await openTill(new FakeHid(device))
      expect(device.features).toEqual([[0xfe, [1]]])
    })
  }

  test('wakes no other scanners', async () => {
    const device = new FakeHidDevice({ vendorId: 0x05e0 })
    await openTill(new FakeHid(device))
    expect(device.features).toEqual([])
  })

  test('reports a device that cannot be opened, with what the browser said', async () => {
    const device = new FakeHidDevice()
    device.openError = new Error('NotAllowedError')
    const { problems } = await openTill(new FakeHid(device))
    expect(problems).toEqual([{ code: 'FAILED', cause: device.openError }])
  })

  test('reports a system that lists no devices', async () => {
    const hid = new FakeHid()
    hid.getDevices = () => Promise.reject(new Error('SecurityError'))
    const { problems } = await openTill(hid)
    expect(problems).toMatchObject([{ code: 'FAILED' }])
  })

  test('reports only its own scanners as unplugged', async () => {
    const device = new FakeHidDevice()
    const display = new FakeHidDevice({ usagePage: 0x14 })
    const hid = new FakeHid(device, display)
    const { problems } = await openTill(hid)
    hid.pullOut(display)
    expect(problems).toEqual([])
    hid.pullOut(device)
    expect(problems.map(({ code }) => code)).toEqual(['UNPLUGGED'])
  })

  test('closes its devices, and opens none that are found later', async () => {
    const device = new FakeHidDevice()
    const hid = new FakeHid(device)
    const first = await openTill(hid)
    first.scanner.close()
    await flush()
    expect(device.opened).toBe(false)
    const second = openScanner({ source: hidPos({ hid }), onScan: () => {} })
    second.close()
    await flush()
    hid.plugIn(new FakeHidDevice())
    expect([device.opened, hid.listeners, device.listeners]).toEqual([false, 0, 0])
  })

  test('can be opened again after it was closed', async () => {
    const device = new FakeHidDevice()
    const hid = new FakeHid(device)
    const source = hidPos({ hid })
    const first = await openTill(hid, source)
    first.scanner.close()
    const second = await openTill(hid, source)
    device.send(CODE)
    expect([first.codes, second.codes]).toEqual([[], [CODE]])
  })

  test('may be closed and opened again while the device is being opened, which browsers refuse to do twice', async () => {
    const device = new FakeHidDevice()
    let isBusy = false
    const change = async (opened: boolean): Promise<void> => {
      if (isBusy) throw new Error('InvalidStateError')
      isBusy = true
      await flush()
      isBusy = false
      device.opened = opened
    }
    device.open = () => change(true)
    device.close = () => change(false)
    const source = hidPos({ hid: new FakeHid(device) })
    const first = openScanner({ source, onScan: () => {} })
    await flush()
    expect(isBusy).toBe(true)
    first.close()
    const second = await openTill(new FakeHid(device), source)
    for (let step = 0; step < 4; step += 1) await flush()
    device.send(CODE)
    expect([second.problems, second.codes]).toEqual([[], [CODE]])
  })

  test('where there is none, making the source is allowed and starting it says so', async () => {
    const source = hidPos()
    expect(() => openScanner({ source, onScan: () => {} })).toThrow(TypeError)
    await expect(source.request()).rejects.toThrow(TypeError)
  })
})
