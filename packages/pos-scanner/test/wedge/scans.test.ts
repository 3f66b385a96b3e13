import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTill, withEnter } from '../helpers/wedge-harness.ts'

const CODE = '287612345678901234'
const QR_TEXT = 'https://qr.alipay.com/fkx0123456789'

describe('a scan', () => {
  for (const perKey of [0, 2, 5, 10, 16, 30, 50, 80, 100]) {
    test(`at ${perKey} ms a key is found and leaves nothing in the focused field`, () => {
      const till = openTill()
      till.page.focused = till.page.field('12.50')
      till.keys(withEnter(CODE), { perKey })
      till.clock.advance(1_000)
      expect(till.codes()).toEqual([CODE])
      expect(till.page.focused.value).toBe('12.50')
      expect(till.page.focused.inputs).toEqual([])
      expect(till.page.seen).toEqual([])
      expect(till.clock.pending()).toBe(0)
    })

    test(`at ${perKey} ms a key is found with nothing focused`, () => {
      const till = openTill()
      till.keys(withEnter(CODE), { perKey })
      expect(till.codes()).toEqual([CODE])
      expect(till.page.seen).toEqual([])
    })

    test(`at ${perKey} ms a key is found when releases are never seen`, () => {
      const till = openTill()
      till.keys(withEnter(CODE), { perKey, hold: 0 })
      expect(till.codes()).toEqual([CODE])
    })

    test(`at ${perKey} ms a key is found when each key is held until the next`, () => {
      const till = openTill()
      till.keys(withEnter(CODE), { perKey, hold: perKey })
      expect(till.codes()).toEqual([CODE])
    })

    test(`of other text at ${perKey} ms a key is found and taken back out of the field`, () => {
      const till = openTill()
      till.page.focused = till.page.field('12.50')
      till.keys(withEnter(QR_TEXT), { perKey })
      expect(till.scans).toMatchObject([{ code: QR_TEXT, kind: 'qr-text', source: 'keyboard' }])
      expect(till.page.focused.value).toBe('12.50')
    })
  }

  test('of any wallet, at any steady tempo from 2 to 100 ms, with any suffix, is found and leaves the field as it was', () => {
    const digits = (count: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })
    const code = fc.oneof(
      fc.tuple(fc.integer({ min: 25, max: 30 }), fc.integer({ min: 14, max: 22 }).chain(digits)),
      fc.tuple(fc.integer({ min: 10, max: 15 }), digits(16)),
      fc.tuple(fc.constant(62), digits(17)),
    )
    fc.assert(
      fc.property(
        code,
        fc.integer({ min: 2, max: 100 }),
        fc.constantFrom(['Enter'], ['Tab'], []),
        fc.string({ unit: 'grapheme-ascii', maxLength: 10 }),
        ([start, rest], perKey, suffix, before) => {
          const till = openTill()
          till.page.focused = till.page.field(before)
          till.keys([...`${start}${rest}`, ...suffix], { perKey })
          till.clock.advance(1_000)
          expect(till.codes()).toEqual([`${start}${rest}`])
          expect(till.page.focused.value).toBe(before)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('ends with Tab as well', () => {
    const till = openTill()
    till.keys([...CODE, 'Tab'], { perKey: 5 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.seen).toEqual([])
  })

  test('without suffix ends with silence, before 0.3 s have passed', () => {
    const till = openTill()
    till.keys(CODE, { perKey: 5 })
    expect(till.codes()).toEqual([])
    till.clock.advance(300)
    expect(till.codes()).toEqual([CODE])
  })

  test('swallows a suffix that comes after the silence, and a second one', () => {
    const till = openTill()
    till.keys(CODE, { perKey: 5 })
    till.clock.advance(200)
    till.keys(['Enter', 'Enter'], { perKey: 5 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.seen).toEqual([])
  })

  test('keeps the releases of its keys from the page too', () => {
    const till = openTill()
    const released: string[] = []
    till.page.document.addEventListener('keyup', () => released.push('keyup'))
    till.keys(withEnter(CODE), { perKey: 10 })
    expect(released).toEqual([])
  })

  test('gives the selection of the field back with its text', () => {
    const till = openTill()
    const field = till.page.field('12.50')
    till.page.focused = field
    field.select()
    till.keys(withEnter(QR_TEXT), { perKey: 80 })
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['12.50', 0, 5])
  })

  test('of a slow scanner shows for a moment when hold is short, and is taken back', () => {
    const till = openTill({ hold: 20 })
    till.page.focused = till.page.field('12.50')
    till.keys(withEnter(CODE), { perKey: 100 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.inputs.length).toBeGreaterThan(0)
    expect(till.page.focused.value).toBe('12.50')
  })

  test('is not found when it is slower than slowestKey says', () => {
    const till = openTill({ slowestKey: 40 })
    till.keys(withEnter(CODE), { perKey: 100 })
    expect(till.codes()).toEqual([])
  })

  test('is followed by another at once', () => {
    const till = openTill()
    till.keys([...withEnter(CODE), ...withEnter('134567890123456789')], { perKey: 5 })
    expect(till.codes()).toEqual([CODE, '134567890123456789'])
  })

  for (const [suffix, key] of [
    ['Enter', 'Tab'],
    ['Tab', 'Enter'],
    ['none', 'Enter'],
  ] as const) {
    test(`with suffix ${suffix} is not ended by ${key}`, () => {
      const till = openTill({ suffix })
      till.keys([...CODE, key], { perKey: 5 })
      till.clock.advance(1_000)
      expect(till.codes()).toEqual([])
      expect(till.page.seen.at(-1)).toBe(key)
    })
  }
})
