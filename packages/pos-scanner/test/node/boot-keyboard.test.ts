import { describe, expect, test } from 'vitest'
import { type BootKeyboardOptions, bootKeyboard } from '../../src/node/boot-keyboard.ts'
import { usageCharacter } from '../../src/node/key-usages.ts'
import { openScanner } from '../../src/scanner.ts'
import { bootReports, FakeDevice, usageOf } from '../helpers/fake-device.ts'
import { flush } from '../helpers/flush.ts'
import { createManualClock } from '../helpers/manual-clock.ts'

const CODE = '287612345678901234'
const ENTER = bootReports(['Enter'])

const openTill = async (options: Partial<BootKeyboardOptions> = {}) => {
  const device = new FakeDevice()
  const clock = createManualClock()
  const codes: string[] = []
  const source = bootKeyboard({ open: () => device, ...options })
  const scanner = openScanner({ source, clock, onScan: ({ code }) => codes.push(code) })
  await flush()
  return { device, clock, codes, scanner }
}

describe('boot keyboard reports', () => {
  test('are read however they are cut into chunks', async () => {
    for (const size of [1, 3, 7, 8, 9, 1_000]) {
      const { device, codes } = await openTill()
      const bytes = [...bootReports(CODE), ...ENTER]
      for (let at = 0; at < bytes.length; at += size) device.send(bytes.slice(at, at + size))
      expect(codes).toEqual([CODE])
    }
  })

  test('write every character of a US keyboard', async () => {
    const text = 'abcxyzABCXYZ1234567890!@#$%^&*()-=[]\\;\'`,./_+{}|:"~<>? end'
    const { device, codes } = await openTill()
    device.send([...bootReports(text), ...ENTER])
    expect(codes).toEqual([text])
  })

  test('of the number pad write digits too', async () => {
    const { device, codes } = await openTill()
    const pad = [...'123456'].flatMap((digit) => [0, 0, 0x58 + Number(digit), 0, 0, 0, 0, 0, ...new Uint8Array(8)])
    device.send([...pad, 0, 0, 0x58, 0, 0, 0, 0, 0])
    expect(codes).toEqual(['123456'])
  })

  test('with the right shift key write capitals', async () => {
    const { device, codes } = await openTill()
    const capitals = [...'abcdef'].flatMap((key) => [0x20, 0, usageOf(key), 0, 0, 0, 0, 0, ...new Uint8Array(8)])
    device.send([...capitals, ...ENTER])
    expect(codes).toEqual(['ABCDEF'])
  })

  test('that hold several keys write each when it is new', async () => {
    const { device, codes } = await openTill()
    const keys = [...'123456'].map(usageOf)
    for (let count = 1; count <= 6; count++) {
      device.send([0, 0, ...keys.slice(0, count), ...new Uint8Array(6 - count)])
    }
    device.send([...new Uint8Array(8), ...ENTER])
    expect(codes).toEqual(['123456'])
  })

  test('with too many keys at once write nothing', async () => {
    const { device, codes } = await openTill()
    device.send([...bootReports('123'), 0, 0, 1, 1, 1, 1, 1, 1, ...bootReports('456'), ...ENTER])
    expect(codes).toEqual(['123456'])
  })

  test('of scanners for any layout write characters by Alt and their number', async () => {
    const { device, codes } = await openTill()
    const altCode = (character: string): number[] => {
      const digits = String(character.charCodeAt(0)).padStart(3, '0')
      const reports = [...digits].flatMap((digit) => {
        const usage = digit === '0' ? 0x62 : 0x58 + Number(digit)
        return [0x04, 0, usage, 0, 0, 0, 0, 0, 0x04, ...new Uint8Array(7)]
      })
      return [...reports, ...new Uint8Array(8)]
    }
    device.send([...'SIP-4-1'].flatMap(altCode))
    device.send(ENTER)
    expect(codes).toEqual(['SIP-4-1'])
  })

  test('may be numbered, and then other reports of the device are ignored', async () => {
    const { device, codes } = await openTill({ reportId: 1 })
    const numbered: number[] = []
    const bytes = [...bootReports(CODE), ...ENTER]
    for (let at = 0; at < bytes.length; at += 8) {
      numbered.push(1, ...bytes.slice(at, at + 8), 3, 0, 0, 0x1e, 0, 0, 0, 0, 0)
    }
    device.send(numbered)
    expect(codes).toEqual([CODE])
  })

  test('end with silence as long as the caller says', async () => {
    const { device, codes, clock } = await openTill({ idle: 50 })
    device.send(bootReports(CODE))
    clock.advance(49)
    expect(codes).toEqual([])
    clock.advance(1)
    expect(codes).toEqual([CODE])
  })

  test('after close leave no timer and close the device', async () => {
    const { device, clock, scanner } = await openTill()
    device.send(bootReports(CODE))
    scanner.close()
    expect([clock.pending(), device.isClosed]).toEqual([0, true])
  })

  test('of keys that write nothing write nothing', () => {
    const silent = [0x00, 0x29, 0x2a, 0x39, 0x3a, 0x53, 0x64, 0xe0]
    expect(silent.map((usage) => usageCharacter(usage, false))).toEqual(silent.map(() => '\0'))
  })
})
