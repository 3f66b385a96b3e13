import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeForm, parseForm } from '../../src/protocol/form.ts'
import { readForm } from '../../src/protocol/form-parse.ts'

const pairs = (raw: Uint8Array | string, charset?: Parameters<typeof parseForm>[1]) => [...parseForm(raw, charset)]

const refusal = (code: string) => expect.objectContaining({ code })

describe('encodeForm', () => {
  it('writes what browsers and URLSearchParams write in utf-8', () => {
    const text = 'a+b&c=d e%20 #?/~!*\'()-._ 中🍺\r\n"'
    expect(encodeForm([['k y', text]], 'utf-8')).toBe(
      'k+y=a%2Bb%26c%3Dd+e%2520+%23%3F%2F%7E%21*%27%28%29-._+%E4%B8%AD%F0%9F%8D%BA%0D%0A%22',
    )
  })

  it('percent-encodes the bytes of the charset', () => {
    expect(
      encodeForm(
        [
          ['subject', '扫码 1+1'],
          ['a', ''],
        ],
        'gbk',
      ),
    ).toBe('subject=%C9%A8%C2%EB+1%2B1&a=')
  })

  it('refuses a character the charset lacks', () => {
    expect(() => encodeForm([['a', '🍺']], 'gbk')).toThrow(refusal('REQUEST_UNENCODABLE'))
  })
})

describe('parseForm', () => {
  it('decodes once', () => {
    expect(pairs('a=%2525&b=x%2By+z&c=1=2&d=')).toEqual([
      ['a', '%25'],
      ['b', 'x+y z'],
      ['c', '1=2'],
      ['d', ''],
    ])
  })

  it('reads in the charset it is given, whatever the form says', () => {
    expect(pairs('charset=utf-8&s=%C9%A8', 'gbk')).toEqual([
      ['charset', 'utf-8'],
      ['s', '扫'],
    ])
  })

  it('reads in the charset the form names, also when that name is escaped', () => {
    expect(pairs('s=%C9%A8&%63harset=G%42K')).toEqual([
      ['s', '扫'],
      ['charset', 'GBK'],
    ])
  })

  it('falls back to the charset of the caller, then to utf-8', () => {
    expect(readForm('s=%C9%A8', { fallback: () => 'gbk' })).toMatchObject({
      charset: 'gbk',
      members: [{ value: '扫' }],
    })
    expect(readForm('s=%E6%89%AB')).toMatchObject({ charset: 'utf-8', members: [{ value: '扫' }] })
  })

  it('reads bytes that were not escaped', () => {
    expect(pairs(Buffer.from('s=扫 码'))).toEqual([['s', '扫 码']])
    expect(pairs('s=扫 码')).toEqual([['s', '扫 码']])
  })

  it('keeps the decoded bytes, and where each member lies in them', () => {
    const { bytes, members } = readForm('a=1&s=%C9%A8+1', { charset: 'gbk' })
    const parts = members.map(({ start, end }) => Buffer.from(bytes.subarray(start, end)).toString('latin1'))
    expect(parts).toEqual(['a=1', 's=\xc9\xa8 1'])
  })

  it('has no members when it is empty', () => {
    expect(pairs('')).toEqual([])
  })

  it.each(['a=1&a=2', 'a=1&%61=2', 'a=1&b=&a=1', 'charset=gbk&charset=utf-8', '__proto__=1&__proto__=2'])(
    'refuses two members of one name: %s',
    (raw) => {
      expect(() => parseForm(raw)).toThrow(refusal('NOTIFY_DUPLICATE_KEY'))
    },
  )

  it.each([
    'a=%',
    'a=%2',
    'a=%zz',
    'a=%f',
    'a=%2&b=1',
    'a=%+1',
    'a',
    '=1',
    '&a=1',
    'a=1&',
    'a%3Db=1',
    'a%26b=1',
    'a=1&&b=2',
    'a=%FF',
    'a=%E6%89&b=%AB',
    'charset=big5',
    'charset=',
    'a=\ud83c',
  ])('refuses the malformed form %j', (raw) => {
    expect(() => parseForm(raw)).toThrow(refusal('NOTIFY_MALFORMED'))
  })

  it('refuses bytes that are not text in the charset', () => {
    expect(() => parseForm('a=%C9&b=1', 'gbk')).toThrow(refusal('NOTIFY_MALFORMED'))
  })

  it('is bounded in bytes and members', () => {
    const many = Array.from({ length: 257 }, (_, index) => `a${index}=`)
    expect(parseForm(many.slice(1).join('&')).size).toBe(256)
    expect(() => parseForm(many.join('&'))).toThrow(refusal('NOTIFY_MALFORMED'))
    expect(parseForm(many.join('&'), 'utf-8', { maxMembers: 300 }).size).toBe(257)
    expect(parseForm(`a=${'x'.repeat(262_142)}`).size).toBe(1)
    expect(() => parseForm(`a=${'x'.repeat(262_143)}`)).toThrow(refusal('NOTIFY_MALFORMED'))
    expect(parseForm(`a=${'x'.repeat(300_000)}`, 'utf-8', { maxBytes: 400_000 }).size).toBe(1)
  })

  it.each(['utf-8', 'gbk'] as const)('reads back what encodeForm wrote in %s', (charset) => {
    const unit = charset === 'utf-8' ? 'grapheme' : fc.constantFrom(...'aZ09 &=+%\\/"{}[]\r\n中誠乗〇€')
    const text = fc.string({ unit })
    const name = fc.string({ unit, minLength: 1 }).map((string) => string.replace(/[=&]/g, '_'))
    const members = fc.uniqueArray(fc.tuple(name, text), {
      selector: ([name]) => name,
    })
    fc.assert(
      fc.property(members, (list) => {
        expect(pairs(encodeForm(list, charset), charset)).toEqual(list)
        expect(pairs(Buffer.from(encodeForm(list, charset)), charset)).toEqual(list)
      }),
    )
  })

  it('agrees with URLSearchParams on every form it takes, and throws nothing but coded errors', () => {
    const raw = fc.string({ unit: fc.constantFrom(...'ab=&%+ 2E6ÿ中') })
    fc.assert(
      fc.property(raw, (text) => {
        let members: unknown
        try {
          members = pairs(text, 'utf-8')
        } catch (error) {
          expect(['NOTIFY_MALFORMED', 'NOTIFY_DUPLICATE_KEY']).toContain((error as { code?: string }).code)
          return
        }
        expect(members).toEqual([...new URLSearchParams(text)])
      }),
      { numRuns: 2000 },
    )
  })
})
