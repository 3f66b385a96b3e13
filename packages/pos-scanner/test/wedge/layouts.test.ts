import { describe, expect, test } from 'vitest'
import { placeOf, shiftOf } from '../../src/testing/us-keys.ts'
import type { FakeKeyInit } from '../helpers/fake-page.ts'
import { openTill } from '../helpers/wedge-harness.ts'

const CODE = '287612345678901234'
const ENTER: FakeKeyInit = { key: 'Enter' }

/** What a French keyboard layout makes of the digit keys. */
const FRENCH = 'à&é"\'(-è_ç'

const keysOf = (code: string, of: (character: string) => FakeKeyInit): FakeKeyInit[] => [...[...code].map(of), ENTER]

const place = (character: string): FakeKeyInit => ({
  key: character,
  code: placeOf(character),
  shiftKey: shiftOf(character),
})

describe('a scanner set to a US keyboard', () => {
  const layouts: Record<string, (character: string) => FakeKeyInit> = {
    US: place,
    French: (character) => ({ ...place(character), key: FRENCH[Number(character)] ?? character }),
    Persian: (character) => ({ ...place(character), key: '۰۱۲۳۴۵۶۷۸۹'[Number(character)] ?? character }),
    'US, typing on the number pad': (character) => ({ key: character, code: `Numpad${character}` }),
    'US, number pad without NumLock': (character) => ({ key: 'End', code: `Numpad${character}` }),
  }
  for (const [layout, of] of Object.entries(layouts)) {
    test(`is read by the places of its keys, whatever the system's layout: ${layout}`, () => {
      const till = openTill()
      till.keys(keysOf(CODE, of), { perKey: 8 })
      expect(till.codes()).toEqual([CODE])
    })
  }

  test('is read by the layout when it is set to the same one as the system', () => {
    const till = openTill()
    const french = (character: string): FakeKeyInit => ({ key: character, code: placeOf(character), shiftKey: true })
    till.keys(keysOf(CODE, french), { perKey: 8 })
    expect(till.codes()).toEqual([CODE])
  })

  test('may send Enter of the number pad', () => {
    const till = openTill()
    till.keys([...CODE, { key: 'Enter', code: 'NumpadEnter' }], { perKey: 8 })
    expect(till.codes()).toEqual([CODE])
    expect(till.page.seen).toEqual([])
  })

  test('may type with AltGr', () => {
    const till = openTill()
    const german = (character: string): FakeKeyInit =>
      character === '@' ? { key: '@', code: 'KeyQ', ctrlKey: true, altKey: true } : place(character)
    till.keys(keysOf('user@example', german), { perKey: 8 })
    expect(till.codes()).toEqual(['user@example'])
  })
})

describe('an input method', () => {
  const hidden = (character: string): FakeKeyInit => ({ ...place(character), key: 'Process', keyCode: 229 })

  test('that takes every key hides none of it', () => {
    const text = ']Q1https://a.b/C?d=e&f_g-h;i,j\'k`l[m]\\{n}|~<>"!#$%^*()+:'
    const till = openTill()
    till.keys(keysOf(text, hidden), { perKey: 8 })
    expect(till.scans).toMatchObject([{ code: text.slice(3), aim: ']Q1' }])
  })

  test('that takes some keys and leaves others hides none of them', () => {
    const till = openTill()
    let index = 0
    till.keys(
      keysOf(CODE, (character) => (index++ % 3 === 0 ? hidden(character) : place(character))),
      { perKey: 8 },
    )
    expect(till.codes()).toEqual([CODE])
  })

  test('what it wrote is taken back when it is done with it', () => {
    const till = openTill()
    const field = till.page.field('12.50')
    till.page.focused = field
    for (const [index, character] of [...CODE].entries()) {
      till.keys([{ ...hidden(character), isComposing: index > 0 }], { perKey: 8 })
      till.page.type(character)
    }
    till.page.down({ ...ENTER, key: 'Process', code: 'Enter', keyCode: 229, isComposing: true })
    till.page.type('，')
    expect(till.codes()).toEqual([])
    till.clock.advance(100)
    expect(till.codes()).toEqual([CODE])
    expect(field.value).toBe('12.50')
  })

  test('of somebody who types Chinese is left alone', () => {
    const till = openTill()
    const field = till.page.field('')
    till.page.focused = field
    for (const [index, character] of [...'kafei'].entries()) {
      const event = till.page.down({ ...hidden(character), isComposing: index > 0 })
      expect(event.defaultPrevented).toBe(false)
      till.clock.advance(90)
      till.page.up(hidden(character))
      till.clock.advance(110)
    }
    till.page.down({ key: 'Process', code: 'Space', keyCode: 229, isComposing: true })
    till.page.type('咖啡')
    till.clock.advance(1_000)
    expect(till.codes()).toEqual([])
    expect(field.value).toBe('咖啡')
  })
})
