import { describe, expect, test } from 'vitest'
import { type DecoderState, decode, type Outcome } from '../src/decoder/decoder.ts'
import { holdTime } from '../src/decoder/hold.ts'
import type { DecoderSettings, Key } from '../src/decoder/key.ts'

const SETTINGS: DecoderSettings = {
  prefix: '',
  aim: true,
  minLength: 6,
  maxLength: 512,
  suffix: 'any',
  slowestKey: 115,
  hold: 130,
}
const EMPTY: DecoderState<number> = { keys: [], endedAt: -1_000 }

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}

/** Decodes a text key by key; every state is frozen before it goes on. */
const decodeText = (text: string, perKey: number, settings = SETTINGS): [DecoderState<number>, Outcome<number>?] => {
  let state = freeze(EMPTY)
  for (const [index, character] of [...text].entries()) {
    const at = index * perKey
    const [down] = decode(state, { press: index, name: character, readings: [character, character] }, at, settings)
    const [up] = decode(freeze(down), { name: character, isUp: true }, at + 1, settings)
    state = freeze(up)
  }
  return decode(state, { name: 'Enter' }, text.length * perKey, settings)
}

const keys = (text: string, perKey: number): readonly Key<number>[] =>
  [...text].map((character, index) => ({
    press: index,
    name: character,
    readings: [character, character],
    at: index * perKey,
  }))

describe('the decoder', () => {
  test('is pure: it changes no state, and the same keys at the same times are the same scan', () => {
    const first = decodeText('287612345678901234', 10)
    expect(decodeText('287612345678901234', 10)).toEqual(first)
    expect(first[1]?.read).toEqual({ code: '287612345678901234', kind: 'alipay' })
  })

  test('says which keys the code is made of', () => {
    const [, outcome] = decodeText('287612345678901234', 10)
    expect(outcome?.keys.map(({ press }) => press)).toEqual(Array.from({ length: 18 }, (_, index) => index))
  })

  test('loses no key whose release is seen just after the next press', () => {
    const text = '287612345678901234'
    const typed = keys(text, 2).map((key) => ({ ...key, up: key.at + 2.5 }))
    const [, outcome] = decode({ keys: typed, endedAt: -1_000 }, { name: 'Enter' }, text.length * 2, SETTINGS)
    expect(outcome?.read?.code).toBe(text)
  })

  test('forgets the keys after a scan and remembers when it ended', () => {
    const [state] = decodeText('287612345678901234', 10)
    expect(state).toEqual({ keys: [], endedAt: 180 })
  })

  test('keeps no more keys than it can need', () => {
    const settings = { ...SETTINGS, maxLength: 20 }
    let state = EMPTY
    for (let index = 0; index < 500; index++) {
      ;[state] = decode(state, { press: index, name: '7', readings: ['7', '7'] }, index, settings)
    }
    expect(state.keys).toHaveLength(40)
  })

  const tempos: readonly [text: string, perKey: number, isScan: boolean][] = [
    ['287612345678901234', 0, true],
    ['287612345678901234', 115, true],
    ['287612345678901234', 116, false],
    ['abcdef', 40, true],
    ['abcde', 5, false],
    ['abcdefghijkl', 100, true],
    ['abcdefghijk', 100, false],
    ['abcdefghijklmnopqrst', 130, false],
  ]
  for (const [text, perKey, isScan] of tempos) {
    test(`takes ${text.length} characters (${text.slice(0, 3)}…) of ${perKey} ms each for ${isScan ? 'a scan' : 'typing'}`, () => {
      expect(decodeText(text, perKey)[1] !== undefined).toBe(isScan)
    })
  }
})

describe('how long the last key is kept back', () => {
  type Case = [what: string, text: string, perKey: number, settings: Partial<DecoderSettings>, ms: number]
  const cases: readonly Case[] = [
    ['a digit that can begin a code', '2', 0, {}, 130],
    ['a digit that cannot', '8', 0, {}, 0],
    ['two digits that can', '28', 100, {}, 130],
    ['two digits that cannot', '24', 100, {}, 0],
    ['a letter', 'a', 0, {}, 0],
    ['an AIM identifier', ']C', 100, {}, 130],
    ['a code behind an AIM identifier', ']C02', 100, {}, 130],
    ['two fast keys', 'ab', 20, {}, 60],
    ['many fast keys', 'abcdef', 20, {}, 300],
    ['nothing', '', 0, {}, 0],
    ['a digit, with a prefix configured', '2', 0, { prefix: '~!' }, 0],
    ['the beginning of the prefix', '~', 0, { prefix: '~!' }, 130],
    ['fast keys without the prefix', 'abcdef', 20, { prefix: '~!' }, 0],
    ['fast keys with the prefix', '~!1234', 20, { prefix: '~!' }, 300],
    ['a digit, with a shorter hold', '2', 0, { hold: 40 }, 40],
  ]
  for (const [what, text, perKey, settings, ms] of cases) {
    test(`${what}: ${ms} ms`, () => expect(holdTime(keys(text, perKey), { ...SETTINGS, ...settings }, true)).toBe(ms))
  }

  const outside: readonly Case[] = [
    ['a digit', '8', 0, {}, 130],
    ['a letter', 'a', 0, {}, 130],
    ['two digits', '40', 100, {}, 130],
    ['a sign that presses buttons', ' ', 0, {}, 0],
    ['a letter, with a prefix configured', 'a', 0, { prefix: '~!' }, 0],
  ]
  for (const [what, text, perKey, settings, ms] of outside) {
    test(`where no text can be taken back, ${what}: ${ms} ms`, () =>
      expect(holdTime(keys(text, perKey), { ...SETTINGS, ...settings }, false)).toBe(ms))
  }
})
