import { describe, expect, it } from 'vitest'
import { derOid, derUnsigned, readDer } from '../../src/protocol/der.ts'
import { javaName } from '../../src/protocol/distinguished-name.ts'

const UTF8 = 0x0c
const PRINTABLE = 0x13
const IA5 = 0x16
const BMP = 0x1e
const BIT_STRING = 0x03

const tlv = (tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const length = content.length < 128 ? [content.length] : [0x81, content.length]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const COMMON_NAME = oid('550403')
const ORGANISATION = oid('55040a')
const UNIT = oid('55040b')
const SERIAL_NUMBER = oid('550405')
const EMAIL = oid('2a864886f70d010901')
const DOMAIN = oid('0992268993f22c640119')

type Attribute = readonly [type: Buffer, tag: number, value: string | Buffer]
const name = (...parts: readonly (readonly Attribute[])[]): string =>
  javaName(
    readDer(
      tlv(
        0x30,
        ...parts.map((part) => tlv(0x31, ...part.map(([type, tag, value]) => tlv(0x30, type, tlv(tag, value))))),
      ),
    ),
  )

// Expected texts follow the JDK's AVA.toRFC2253String and RDN.toRFC2253String.
describe('a name as Java prints it', () => {
  it('starts with the last part', () => {
    expect(name([[ORGANISATION, UTF8, 'O']], [[UNIT, PRINTABLE, 'U']], [[COMMON_NAME, UTF8, '根']])).toBe(
      'CN=根,OU=U,O=O',
    )
  })

  it('joins a multi-valued part with + in the order of the certificate', () => {
    expect(
      name(
        [[ORGANISATION, UTF8, 'O']],
        [
          [COMMON_NAME, UTF8, 'a'],
          [UNIT, UTF8, 'b'],
        ],
      ),
    ).toBe('CN=a+OU=b,O=O')
  })

  it.each([
    ['a comma', 'Ant, Inc.', 'Ant\\, Inc.'],
    ['every special character', ',=+<>#;"\\', '\\,\\=\\+\\<\\>\\#\\;\\"\\\\'],
    ['blanks at both ends', '  a b ', '\\ \\ a b\\ '],
    ['only blanks', '  ', '\\ \\ '],
    ['a NUL', 'a\u0000b', 'a\\00b'],
    ['nothing in Chinese text', '支付宝（中国）', '支付宝（中国）'],
    ['nothing in an empty value', '', ''],
  ])('escapes %s', (_, value, printed) => {
    expect(name([[ORGANISATION, UTF8, value]])).toBe(`O=${printed}`)
  })

  it('prints a type without a keyword as its OID and the DER of the value', () => {
    expect(name([[EMAIL, IA5, 'a@b']])).toBe('1.2.840.113549.1.9.1=#1603614062')
    expect(name([[SERIAL_NUMBER, PRINTABLE, '42']])).toBe('2.5.4.5=#13023432')
  })

  it('prints a value that is no text as its DER', () => {
    expect(name([[COMMON_NAME, BIT_STRING, Buffer.from([0, 1])]])).toBe('CN=#03020001')
  })

  it('names domain components, and reads BMP text byte by byte as Java does', () => {
    expect(name([[DOMAIN, IA5, 'com']])).toBe('DC=com')
    expect(name([[COMMON_NAME, BMP, Buffer.from([0, 0x41])]])).toBe('CN=\\00A')
  })
})

describe('DER numbers', () => {
  it.each([
    ['06022a03', '1.2.3'],
    ['06032a8648', '1.2.840'],
    ['0603883703', '2.999.3'],
    ['06012a', '1.2'],
    ['060100', '0.0'],
  ])('reads the object identifier %s', (hex, text) => {
    expect(derOid(readDer(Buffer.from(hex, 'hex')))).toBe(text)
  })

  it.each(['0600', '06022a86', '020101'])('refuses the object identifier %s', (hex) => {
    expect(() => derOid(readDer(Buffer.from(hex, 'hex')))).toThrow(
      expect.objectContaining({ code: 'CONFIG_CERTIFICATE_INVALID' }),
    )
  })

  it('reads a serial number with the high bit set as unsigned', () => {
    expect(derUnsigned(readDer(Buffer.from('0202ff00', 'hex')))).toBe(0xff00n)
    expect(derUnsigned(readDer(Buffer.from('020300ff00', 'hex')))).toBe(0xff00n)
  })
})
