import { afterEach, describe, expect, test, vi } from 'vitest'
import { keyboardWedge, openScanner, type Scan } from '../src/index.ts'
import { simulatedScanner, simulateScan } from '../src/testing/index.ts'
import { placeOf, shiftOf } from '../src/testing/us-keys.ts'
import { createManualClock } from './helpers/manual-clock.ts'

const CODE = '287612345678901234'

const openTill = () => {
  const target = new EventTarget()
  const scans: Scan[] = []
  const clock = createManualClock()
  openScanner({ source: keyboardWedge({ target }), clock, onScan: (scan) => scans.push(scan) })
  return { target, scans, clock, wait: (ms: number) => clock.advance(ms) }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a simulated scan', () => {
  test('is a scan', async () => {
    const { target, scans, wait } = openTill()
    await simulateScan(CODE, { target, wait })
    expect(scans).toMatchObject([{ code: CODE, source: 'keyboard' }])
  })

  test('sent all at once is there before the first await', () => {
    const { target, scans } = openTill()
    const sent = simulateScan(CODE, { target, perKey: 0 })
    expect(scans).toHaveLength(1)
    return sent
  })

  test('without suffix is a scan after the silence', async () => {
    const { target, scans, wait } = openTill()
    await simulateScan(CODE, { target, wait, suffix: 'none' })
    expect(scans).toHaveLength(0)
    wait(300)
    expect(scans).toHaveLength(1)
  })

  test('with Tab, and with an input method on, is a scan', async () => {
    const { target, scans, wait } = openTill()
    await simulateScan('https://a.b/C?d=e_f', { target, wait, suffix: 'Tab', inputMethod: true })
    expect(scans).toMatchObject([{ code: 'https://a.b/C?d=e_f' }])
  })

  test('as slow as a person is typing', async () => {
    const { target, scans, wait } = openTill()
    await simulateScan(CODE, { target, wait, perKey: 200 })
    expect(scans).toEqual([])
  })

  test('really waits where the test has no clock of its own', async () => {
    vi.useFakeTimers()
    try {
      const { target, scans } = openTill()
      const sent = simulateScan('1', { target, perKey: 10 })
      await vi.advanceTimersByTimeAsync(10)
      await sent
      expect(scans).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })

  test('goes to what has the focus', async () => {
    const heard: string[] = []
    const element = new EventTarget()
    element.addEventListener('keydown', (event) => heard.push((event as Event & { key: string }).key))
    vi.stubGlobal('document', { activeElement: element, body: new EventTarget() })
    await simulateScan('12', { perKey: 0 })
    expect(heard).toEqual(['1', '2', 'Enter'])
  })

  test('without a page asks for a target', async () => {
    await expect(simulateScan(CODE)).rejects.toThrow(TypeError)
  })

  test('types by the places of a US keyboard', () => {
    expect([...'a1!-_[{ ;"/?~'].map((key) => [placeOf(key), shiftOf(key)])).toEqual([
      ['KeyA', false],
      ['Digit1', false],
      ['Digit1', true],
      ['Minus', false],
      ['Minus', true],
      ['BracketLeft', false],
      ['BracketLeft', true],
      ['Space', false],
      ['Semicolon', false],
      ['Quote', true],
      ['Slash', false],
      ['Slash', true],
      ['Backquote', true],
    ])
  })
})

describe('a simulated scanner', () => {
  test('says nothing while it is closed', () => {
    const scans: Scan[] = []
    const { source, send } = simulatedScanner()
    send(CODE)
    const scanner = openScanner({ source, onScan: (scan) => scans.push(scan) })
    scanner.close()
    send(CODE)
    expect(scans).toEqual([])
  })
})
