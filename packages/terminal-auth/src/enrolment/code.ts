import { createHash, timingSafeEqual } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that nothing is misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ID_LENGTH = 4
/** 12 characters of 5 bits: 60 bits, out of reach even for somebody who reads the hash from the store. */
const SECRET_LENGTH = 12

/** A one-time code: 4 characters that find the invitation, and 12 that prove it. */
export interface EnrolmentCode {
  readonly id: string
  readonly secret: string
}

/** Makes a code. Every byte gives 5 bits, so all characters are equally likely. */
export const newCode = (random: (size: number) => Uint8Array): EnrolmentCode => {
  const characters = Array.from(random(ID_LENGTH + SECRET_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('')
  return { id: characters.slice(0, ID_LENGTH), secret: characters.slice(ID_LENGTH) }
}

/** As a person reads and types it: `7K3M-Q9ZD-4TXR-W2AB`. */
export const formatCode = ({ id, secret }: EnrolmentCode): string => [id, ...(secret.match(/.{4}/g) ?? [])].join('-')

/** Reads what somebody typed: either case, any dashes and blanks, O for 0, I or L for 1. */
export const parseCode = (typed: string): EnrolmentCode | undefined => {
  if (typeof typed !== 'string' || typed.length > 64) return undefined
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (text.length !== ID_LENGTH + SECRET_LENGTH || ![...text].every((one) => ALPHABET.includes(one))) return undefined
  return { id: text.slice(0, ID_LENGTH), secret: text.slice(ID_LENGTH) }
}

const digest = ({ id, secret }: EnrolmentCode): Buffer => createHash('sha256').update(`${id}:${secret}`).digest()

/** What the store keeps in place of the code. */
export const hashCode = (code: EnrolmentCode): string => digest(code).toString('base64url')

/** Compares in constant time, also with nothing. */
export const matchesHash = (code: EnrolmentCode, hash: string | undefined): boolean => {
  const expected = Buffer.alloc(32)
  expected.write(hash ?? '', 'base64url')
  return timingSafeEqual(digest(code), expected) && hash !== undefined
}
