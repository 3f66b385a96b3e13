import { describe, expect, test } from 'vitest'
import { openTill, type Till, withEnter } from '../helpers/wedge-harness.ts'

const CODE = '287612345678901234'

/** A scan with keys of a person in between: `[after how many keys, key]`. */
const scanWhileTyping = (
  till: Till,
  perKey: number,
  hand: readonly (readonly [after: number, key: string])[],
  holdHand: number,
): void => {
  const releases: { at: number; key: string }[] = []
  const advance = (ms: number): void => {
    const until = till.clock.now() + ms
    for (const { at, key } of releases.filter((one) => one.at <= until)) {
      till.clock.advance(Math.max(0, at - till.clock.now()))
      till.page.up({ key })
    }
    releases.splice(0, releases.length, ...releases.filter((one) => one.at > until))
    till.clock.advance(until - till.clock.now())
  }
  for (const [index, key] of withEnter(CODE).entries()) {
    for (const [, typed] of hand.filter(([after]) => after === index)) {
      till.page.down({ key: typed })
      releases.push({ at: till.clock.now() + holdHand, key: typed })
      advance(perKey / 4)
    }
    till.page.down({ key })
    advance(2)
    till.page.up({ key })
    advance(perKey - 2)
  }
  advance(1_000)
}

describe('a person types while a scan comes in', () => {
  for (const perKey of [8, 20, 50]) {
    test(`letters among keys of ${perKey} ms: the scan is found, the letters stay`, () => {
      const till = openTill()
      till.page.focused = till.page.field('note ')
      const hand = [
        [0, 'm'],
        [6, 'i'],
        [12, 'l'],
      ] as const
      scanWhileTyping(till, perKey, hand, 110)
      expect(till.codes()).toEqual([CODE])
      expect(till.page.focused.value).toBe('note mil')
    })

    test(`digits among keys of ${perKey} ms: the scan is found, the digits stay`, () => {
      const till = openTill()
      till.page.focused = till.page.field('')
      const hand = [
        [5, '5'],
        [14, '0'],
      ] as const
      scanWhileTyping(till, perKey, hand, 110)
      expect(till.codes()).toEqual([CODE])
      expect(till.page.focused.value).toBe('50')
    })

    test(`letters let go at once among keys of ${perKey} ms stay as well`, () => {
      const till = openTill()
      till.page.focused = till.page.field('')
      scanWhileTyping(till, perKey, [[9, 'k']], 1)
      expect(till.codes()).toEqual([CODE])
      expect(till.page.focused.value).toBe('k')
    })
  }

  test('a digit typed just before the scan is not part of it', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.keys('2', { perKey: 120, hold: 90 })
    till.keys(withEnter(CODE), { perKey: 10 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.value).toBe('2')
  })

  test('what was typed before stays, what is typed after follows', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.keys('12.5', { perKey: 180, hold: 90 })
    till.keys(withEnter(CODE), { perKey: 50 })
    till.keys('0', { perKey: 400, hold: 90 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.value).toBe('12.50')
  })

  test('keys of a slow scan that showed already are taken back, those of the person typed again', () => {
    const till = openTill({ hold: 20 })
    till.page.focused = till.page.field('note ')
    scanWhileTyping(till, 60, [[7, 'x']], 110)
    expect(till.codes()).toEqual([CODE])
    expect(till.page.focused.value).toBe('note x')
  })

  test('a membership number with letters in front of digits is not cut down to a payment code', () => {
    const till = openTill()
    till.keys(withEnter(`M${CODE}`), { perKey: 10 })
    expect(till.scans).toMatchObject([{ code: `M${CODE}`, kind: 'qr-text' }])
  })
})
