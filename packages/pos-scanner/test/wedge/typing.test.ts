import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTill, withEnter } from '../helpers/wedge-harness.ts'

const CODE = '287612345678901234'

describe('typing', () => {
  for (const perKey of [120, 150, 200, 300, 500]) {
    test(`a payment code at ${perKey} ms a key is no scan and stays in the field`, () => {
      const till = openTill()
      till.page.focused = till.page.field('')
      till.keys(withEnter(CODE), { perKey, hold: 90 })
      till.clock.advance(1_000)
      expect(till.codes()).toEqual([])
      expect(till.page.focused.value).toBe(CODE)
      expect(till.page.seen).toEqual(withEnter(CODE))
    })
  }

  test('anything at 120 ms a key or slower reaches the field and the page, in order', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789.abcf ]-'), minLength: 1, maxLength: 24 }),
        fc.array(fc.integer({ min: 120, max: 600 }), { minLength: 24, maxLength: 24 }),
        (text, waits) => {
          const till = openTill()
          till.page.focused = till.page.field('')
          for (const [index, key] of [...text].entries()) till.keys([key], { perKey: waits[index] ?? 200, hold: 80 })
          till.clock.advance(1_000)
          expect(till.codes()).toEqual([])
          expect(till.page.focused.value).toBe(text)
          expect(till.page.seen).toEqual([...text])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('an amount shows at most 130 ms late, and only digits that can begin a payment code', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.page.down({ key: '8' })
    expect(till.page.focused.value).toBe('8')
    till.clock.advance(200)
    till.page.down({ key: '2' })
    till.clock.advance(129)
    expect(till.page.focused.value).toBe('8')
    till.clock.advance(1)
    expect(till.page.focused.value).toBe('82')
  })

  test('waiting digits are given back before a key that cannot belong to a code', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.keys('12', { perKey: 60, hold: 50 })
    till.keys('.', { perKey: 60, hold: 50 })
    expect(till.page.focused.value).toBe('12.')
    expect(till.page.seen).toEqual(['1', '2', '.'])
  })

  test('Enter after waiting digits comes after them', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.keys(['1', '2', 'Enter'], { perKey: 50, hold: 40 })
    expect(till.page.seen).toEqual(['1', '2', 'Enter'])
  })

  test('a page that prevents a key it is given back gets no character', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.page.document.addEventListener('keydown', (event) => event.preventDefault())
    till.keys('12', { perKey: 200, hold: 80 })
    expect(till.page.focused.value).toBe('')
  })

  test('keys held down that repeat are no scan', () => {
    const till = openTill()
    till.page.focused = till.page.field('')
    till.page.down({ key: '1' })
    till.clock.advance(400)
    till.keys(
      Array.from({ length: 20 }, () => ({ key: '1', repeat: true })),
      { perKey: 33, hold: 0 },
    )
    till.clock.advance(1_000)
    expect(till.codes()).toEqual([])
    expect(till.page.focused.value).toBe('1'.repeat(21))
  })

  test('shortcuts and modifiers are left alone', () => {
    const till = openTill()
    const modified = [
      { key: '1', ctrlKey: true },
      { key: '2', metaKey: true },
      { key: '3', altKey: true },
      { key: 'Shift', code: 'ShiftLeft' },
      { key: 'CapsLock', code: 'CapsLock' },
    ]
    expect(modified.map((init) => till.page.down(init).defaultPrevented)).toEqual([false, false, false, false, false])
  })

  test('events without a key, as browsers send when they fill in a form, are left alone', () => {
    const till = openTill()
    expect(till.page.down({ key: '' }).defaultPrevented).toBe(false)
    till.page.up({ key: '' })
    expect(till.codes()).toEqual([])
  })
})

describe('a code typed by hand', () => {
  const typeByHand = (options: { confirmTyped?: boolean }, keys: readonly string[]) => {
    const till = openTill(options)
    till.page.focused = till.page.field('')
    till.keys(keys, { perKey: 220, hold: 90 })
    till.clock.advance(1_000)
    return till
  }

  test('and confirmed is a scan where the caller allows it, and leaves the field', () => {
    const till = typeByHand({ confirmTyped: true }, withEnter(CODE))
    expect(till.scans).toMatchObject([{ code: CODE, kind: 'alipay', source: 'typed' }])
    expect(till.page.focused.value).toBe('')
    expect(till.page.seen).not.toContain('Enter')
  })

  test('may be typed in groups and corrected', () => {
    const keys = [...'2876 1234x', 'Backspace', ...' 5678 901234', 'Enter']
    expect(typeByHand({ confirmTyped: true }, keys).codes()).toEqual([CODE])
  })

  test('is not confirmed by Tab', () => {
    expect(typeByHand({ confirmTyped: true }, [...CODE, 'Tab']).codes()).toEqual([])
  })

  test('that is no payment code is typing', () => {
    const till = typeByHand({ confirmTyped: true }, withEnter('12.50'))
    expect(till.codes()).toEqual([])
    expect(till.page.focused.value).toBe('12.50')
    expect(till.page.seen.at(-1)).toBe('Enter')
  })

  test('is forgotten when the cursor is moved, and after ten seconds', () => {
    expect(
      typeByHand({ confirmTyped: true }, [...CODE.slice(0, 9), 'ArrowLeft', ...CODE.slice(9), 'Enter']).codes(),
    ).toEqual([])
    const till = openTill({ confirmTyped: true })
    till.keys(CODE.slice(0, 9), { perKey: 200, hold: 90 })
    till.clock.advance(10_001)
    till.keys(withEnter(CODE.slice(9)), { perKey: 200, hold: 90 })
    expect(till.codes()).toEqual([])
  })

  test('does not keep a scanner from being one', () => {
    const till = openTill({ confirmTyped: true })
    till.keys('12', { perKey: 400, hold: 90 })
    till.keys(withEnter(CODE), { perKey: 10 })
    expect(till.scans).toMatchObject([{ code: CODE, source: 'keyboard' }])
  })
})
