import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReportReader } from '../../src/hid/report.ts'
import type { Sink } from '../../src/scan.ts'
import { type Layout, reportsOf } from '../helpers/hid-reports.ts'
import { createManualClock } from '../helpers/manual-clock.ts'

const openReader = (settings: Partial<Sink['settings']> = {}) => {
  const texts: string[] = []
  const problems: string[] = []
  const clock = createManualClock()
  const take = createReportReader({
    clock,
    settings: { prefix: '', aim: true, minLength: 6, maxLength: 512, ...settings },
    scan: () => {},
    text: (text) => texts.push(text),
    problem: (code) => problems.push(code),
  })
  const send = (text: string, layout?: Layout): void => {
    for (const { number, bytes } of reportsOf(text, layout)) take(number, bytes)
  }
  return { texts, problems, clock, take, send }
}

const CODE = '287612345678901234'
const LAYOUTS: readonly Layout[] = ['access-is', 'one-byte-further', 'newland', 'microscan']

describe('reports of HID POS scanners', () => {
  for (const layout of LAYOUTS) {
    test(`laid out as ${layout}: with and without AIM identifier, short and over several reports`, () => {
      const { texts, send } = openReader()
      const sent = [CODE, `]C0${CODE}`, `]Q1${'https://example.com/'.repeat(9)}`, `]Q1${'0'.repeat(55)}`]
      for (const text of sent) send(text, layout)
      expect(texts).toEqual(sent)
    })

    test(`laid out as ${layout}: any text, in UTF-8`, () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 150 }), (text) => {
          fc.pre(!text.includes('\0') && !text.slice(0, 2).includes(']'))
          const { texts, send } = openReader()
          send(`${text}支付宝`, layout)
          expect(texts).toEqual([`${text}支付宝`])
        }),
      )
    })
  }

  test('the example of the LSR118 manual: 60 bytes in two reports, both with the AIM identifier', () => {
    const { texts, take } = openReader()
    const data = 'M1GATHERGOOD/MICHAEL  YABCDEF LHRDURAK 3542 052Y003D23      '
    const report = (part: string, continued: number): Uint8Array => {
      const bytes = new Uint8Array(63)
      bytes[0] = part.length
      bytes.set(new TextEncoder().encode(`]Q0${part}`), 1)
      bytes[60] = 's'.charCodeAt(0)
      bytes[62] = continued
      return bytes
    }
    take(2, report(data.slice(0, 56), 1))
    expect(texts).toEqual([])
    take(2, report(data.slice(56), 0))
    expect(texts).toEqual([`]Q0${data}`])
  })

  test('a full report of a maker without a flag is followed by another, a shorter one ends the code', () => {
    const { texts, send } = openReader()
    send('1'.repeat(100), 'microscan')
    expect(texts).toEqual(['1'.repeat(100)])
  })

  test('reports of the trigger or of the state, and empty ones, are not data', () => {
    const { texts, take } = openReader()
    take(3, Uint8Array.from([18, ...new TextEncoder().encode(CODE)]))
    take(2, new Uint8Array(63))
    take(2, new Uint8Array())
    expect(texts).toEqual([])
  })

  test('a length that is longer than the report reads what is there', () => {
    const { texts, take } = openReader()
    take(2, Uint8Array.from([40, 0, 0, 0, ...new TextEncoder().encode(CODE)]))
    expect(texts).toEqual([CODE])
  })

  test('a rest that never comes is reported and does not join the next code', () => {
    const { texts, problems, take, clock, send } = openReader()
    const [first] = reportsOf('9'.repeat(80))
    take(first?.number ?? 0, first?.bytes ?? new Uint8Array())
    clock.advance(501)
    send(CODE)
    expect([texts, problems]).toEqual([[CODE], ['INCOMPLETE']])
  })

  test('a device that never ends a code does not fill the memory', () => {
    const { texts, take, send } = openReader({ maxLength: 100 })
    const [endless] = reportsOf('9'.repeat(80))
    for (let count = 0; count < 1_000; count++) take(endless?.number ?? 0, endless?.bytes ?? new Uint8Array())
    send('1')
    expect(texts[0]?.length).toBeLessThan(200)
  })

  test('the AIM identifier is left out where the caller says so', () => {
    const { texts, send } = openReader({ aim: false })
    send(`]C0${CODE}`)
    expect(texts).toEqual([CODE])
  })
})
