import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText, parseCharset } from '../../src/protocol/charset.ts'
import { gbkTable } from '../../src/protocol/gbk-table.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const unencodable = (codePoint: string, charset: string) =>
  expect.objectContaining({ code: 'REQUEST_UNENCODABLE', details: { codePoint, charset } })

describe('parseCharset', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    [' UTF_8 ', 'utf-8'],
    ['GBK', 'gbk'],
    ['gb18030', 'gbk'],
    ['GB-18030', 'gbk'],
    ['gb2312', 'gb2312'],
    ['GB_2312', 'gb2312'],
    ['big5', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('reads %j as %s', (name, charset) => {
    expect(parseCharset(name)).toBe(charset)
  })
})

describe('encodeText', () => {
  it.each([
    ['扫码', 'gbk', 'c9a8c2eb'],
    ['扫码', 'gb2312', 'c9a8c2eb'],
    ['扫码', 'utf-8', 'e689abe7a081'],
    ['a€b', 'gbk', '61a2e362'],
    ['当面付：咖啡（大杯）', 'gbk', 'b5b1c3e6b8b6a3babfa7b7c8a3a8b4f3b1ada3a9'],
    ['——·', 'gb2312', 'a1aaa1aaa1a4'],
    ['誠', 'gbk', 'd55c'],
    ['〇', 'gbk', 'a996'],
    ['🍺', 'utf-8', 'f09f8dba'],
  ] as const)('writes %s in %s as %s', (text, charset, bytes) => {
    expect(hex(encodeText(text, charset))).toBe(bytes)
    expect(decodeText(encodeText(text, charset), charset)).toBe(text)
  })

  it.each([
    ['啤酒🍺', 'gbk', 'U+1F37A'],
    ['𠮷野家', 'gbk', 'U+20BB7'],
    ['é́', 'gbk', 'U+0301'],
    ['\ue000', 'gbk', 'U+E000'],
    ['㑇', 'gbk', 'U+3447'],
    ['誠', 'gb2312', 'U+8AA0'],
    ['€', 'gb2312', 'U+20AC'],
    ['ⅰ', 'gb2312', 'U+2170'],
    ['a\ud83cb', 'utf-8', 'U+D83C'],
    ['a\udf7a', 'utf-8', 'U+DF7A'],
    ['a\ud83c', 'gbk', 'U+D83C'],
  ] as const)('refuses %j in %s by its code point %s', (text, charset, codePoint) => {
    expect(() => encodeText(text, charset)).toThrow(unencodable(codePoint, charset))
  })

  it('knows the 21,791 characters of code page 936 and the euro, each coming back as itself', () => {
    const codes = [...gbkTable().entries()].filter(([, code]) => code !== 0)
    const wrong = codes.filter(([unit, code]) => {
      const text = String.fromCharCode(unit)
      const bytes = encodeText(text, 'gbk')
      return hex(bytes) !== code.toString(16) || decodeText(bytes, 'gbk') !== text
    })
    expect(codes).toHaveLength(21_792)
    expect(wrong).toEqual([])
  })

  it('knows the 7,445 characters of GB2312', () => {
    const known = Array.from({ length: 0x10000 - 0x80 }, (_, index) => String.fromCharCode(index + 0x80)).filter(
      (text) => {
        try {
          return encodeText(text, 'gb2312').length === 2
        } catch {
          return false
        }
      },
    )
    expect(known).toHaveLength(7445)
  })

  it('never changes a text: it comes back, or it is refused', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('utf-8' as const, 'gbk' as const, 'gb2312' as const),
        (text, charset) => {
          let bytes: Uint8Array
          try {
            bytes = encodeText(text, charset)
          } catch (error) {
            expect(error).toMatchObject({ code: 'REQUEST_UNENCODABLE' })
            return
          }
          expect(decodeText(bytes, charset)).toBe(text)
        },
      ),
    )
  })
})

describe('decodeText', () => {
  it.each([
    ['utf-8', 'b5b1'],
    ['utf-8', 'e689'],
    ['utf-8', 'eda080'],
    ['utf-8', 'c080'],
    ['gbk', 'c9'],
    ['gbk', 'c920'],
    ['gbk', 'ff'],
  ] as const)('refuses bytes that are not %s: %s', (charset, bytes) => {
    expect(() => decodeText(Buffer.from(bytes, 'hex'), charset)).toThrow(RangeError)
  })

  it('reads four-byte GB18030 forms and keeps a byte order mark', () => {
    expect(decodeText(Buffer.from('94 39 da 33'.replaceAll(' ', ''), 'hex'), 'gbk')).toBe('💩')
    expect(decodeText(Buffer.from('efbbbf61', 'hex'), 'utf-8')).toBe('\ufeffa')
    expect(decodeText(Buffer.from('84319533', 'hex'), 'gbk')).toBe('\ufeff')
  })

  it('reads a view into a larger memory', () => {
    const memory = new TextEncoder().encode('xx扫码yy')
    expect(decodeText(memory.subarray(2, 8), 'utf-8')).toBe('扫码')
  })
})
