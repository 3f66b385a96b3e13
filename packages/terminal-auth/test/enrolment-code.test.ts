import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCode, hashCode, matchesHash, newCode, parseCode } from '../src/enrolment/code.ts'

const code = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => newCode(() => bytes))

describe('an enrolment code', () => {
  test('is four groups of four that nobody misreads', () => {
    fc.assert(
      fc.property(code, (one) => {
        expect(formatCode(one)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
      }),
    )
  })

  test('is read however it is typed', () => {
    const typed = fc.record({
      one: code,
      lower: fc.boolean(),
      separator: fc.constantFrom('-', ' ', '', ' - ', '\t'),
      letters: fc.boolean(),
    })
    fc.assert(
      fc.property(typed, ({ one, lower, separator, letters }) => {
        let text = formatCode(one).replaceAll('-', separator)
        if (letters) text = text.replaceAll('0', 'O').replaceAll('1', 'l')
        expect(parseCode(lower ? text.toLowerCase() : text)).toEqual(one)
      }),
    )
  })

  test('is nothing else', () => {
    const others = [
      '',
      '7K3M',
      '7K3M-Q9ZD-4TXR-W2A',
      '7K3M-Q9ZD-4TXR-W2ABC',
      '7K3M-Q9ZD-4TXR-W2AU',
      '7K3M_Q9ZD_4TXR_W2AB',
    ]
    for (const text of [...others, '7K3M-Q9ZD-4TXR-W2A\u0130', ' '.repeat(100), undefined, 7, null])
      expect(parseCode(text as string)).toBeUndefined()
  })

  test('fits its own hash and no other', () => {
    fc.assert(
      fc.property(code, code, (one, other) => {
        expect(matchesHash(one, hashCode(one))).toBe(true)
        expect(matchesHash(one, hashCode(other))).toBe(formatCode(one) === formatCode(other))
      }),
    )
  })

  test('fits no hash that is missing, empty, cut or of another form', () => {
    const one = { id: '7K3M', secret: 'Q9ZD4TXRW2AB' }
    for (const hash of [undefined, '', hashCode(one).slice(0, -1), 'A'.repeat(43), '!'])
      expect(matchesHash(one, hash)).toBe(false)
  })

  test('cannot be told from its hash, which covers the whole of it', () => {
    const one = { id: '7K3M', secret: 'Q9ZD4TXRW2AB' }
    expect(hashCode(one)).toMatch(/^[\w-]{43}$/)
    expect(hashCode({ ...one, id: '7K3N' })).not.toBe(hashCode(one))
    expect(hashCode({ ...one, secret: 'Q9ZD4TXRW2AC' })).not.toBe(hashCode(one))
  })

  test('uses every character equally', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const character = newCode((size) => new Uint8Array(size).fill(byte)).secret.charAt(0)
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8))
  })
})
