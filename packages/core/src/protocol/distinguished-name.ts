import { DER, type DerValue, derChildren, derOid } from './der.ts'

/** The attribute types that Java's RFC 2253 form names; every other one is printed as its OID. */
const KEYWORDS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** UTF8String, PrintableString, T61String, IA5String, GeneralString, BMPString: printed as text, read as UTF-8. */
const TEXT_TAGS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x14, 0x16, 0x1b, 0x1e])

const SPECIAL = /[,=+<>#;"\\]/g
const OUTER_BLANKS = /^[ \r]+|[ \r]+$/g
const NUL = new RegExp(String.fromCharCode(0), 'g')

const escapeText = (text: string): string =>
  text
    .replace(SPECIAL, '\\$&')
    .replace(NUL, '\\00')
    .replace(OUTER_BLANKS, (blanks) => blanks.replace(/./gs, '\\$&'))

interface Attribute {
  readonly type: string
  readonly value: DerValue
}

const readAttribute = (pair: DerValue): Attribute => {
  const [type, value] = derChildren(pair, DER.SEQUENCE)
  return { type: derOid(type), value: value ?? pair }
}

const printAttribute = (pair: DerValue): string => {
  const { type, value } = readAttribute(pair)
  const keyword = KEYWORDS[type]
  return keyword === undefined || !TEXT_TAGS.has(value.tag)
    ? `${keyword ?? type}=#${Buffer.from(value.encoding).toString('hex')}`
    : `${keyword}=${escapeText(Buffer.from(value.content).toString('utf8'))}`
}

/**
 * A name as Java prints it (`X500Principal.getName()`, RFC 2253): last attribute first, comma without blank, `+`
 * between the parts of a multi-valued one, `\` before `, = + < > # ; " \` and outer blanks, `#hex` of the DER for
 * types without a keyword. Certificate serials are digests of this text, so every character counts (protocol §4).
 */
export const javaName = (name: DerValue): string =>
  derChildren(name, DER.SEQUENCE)
    .map((part) => derChildren(part, DER.SET).map(printAttribute).join('+'))
    .reverse()
    .join(',')

const ORGANISATION = '2.5.4.10'

/** The organisations a name holds, as text: who a certificate authority says the holder is. */
export const organisationOf = (name: DerValue): string =>
  derChildren(name, DER.SEQUENCE)
    .flatMap((part) => derChildren(part, DER.SET).map(readAttribute))
    .filter(({ type }) => type === ORGANISATION)
    .map(({ value }) => Buffer.from(value.content).toString('utf8'))
    .join('\n')
