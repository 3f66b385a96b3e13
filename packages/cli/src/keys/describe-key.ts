import { type KeyObject, X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { certExpiry, certSn, parseKey, rootCertSn } from '@f2f/core'
import { readText } from '../config/settings.ts'

export type Structure = 'PKCS#1' | 'PKCS#8' | 'SPKI' | 'X.509'

export interface CertificateFacts {
  readonly count: number
  /** As Alipay knows it: `app_cert_sn`, `alipay_cert_sn`. */
  readonly sn: string
  readonly rootSn: string
  readonly issuedTo: string
  readonly validFrom: Date
  readonly expiresAt: Date
}

/** What a key file is. Nothing of a private key is in it. */
export interface KeyFacts {
  readonly path: string
  readonly kind: 'private' | 'public' | 'certificate'
  readonly encoding: 'PEM' | 'base64'
  readonly structure: Structure
  readonly bits: number
  /** A private key that others on this machine may read. */
  readonly isOpenToOthers: boolean
  readonly certificate: CertificateFacts | undefined
  readonly key: KeyObject
}

type Form = { readonly type: 'pkcs1' | 'pkcs8' | 'spki'; readonly structure: Structure }

const PRIVATE_FORMS: readonly Form[] = [
  { type: 'pkcs8', structure: 'PKCS#8' },
  { type: 'pkcs1', structure: 'PKCS#1' },
]
const PUBLIC_FORMS: readonly Form[] = [
  { type: 'spki', structure: 'SPKI' },
  { type: 'pkcs1', structure: 'PKCS#1' },
]

/** The key's DER in one of its forms, base64 in one line. */
export const derBase64 = (key: KeyObject, type: Form['type']): string =>
  (key.type === 'private'
    ? key.export({ format: 'der', type: type === 'spki' ? 'pkcs8' : type })
    : key.export({ format: 'der', type: type === 'pkcs1' ? 'pkcs1' : 'spki' })
  ).toString('base64')

/** The form the file has is the one whose bytes it holds. */
const structureOf = (content: string, key: KeyObject): Structure => {
  const squeezed = content.replace(/\\[nr]|\s/g, '')
  const forms = key.type === 'private' ? PRIVATE_FORMS : PUBLIC_FORMS
  return forms.find(({ type }) => squeezed.includes(derBase64(key, type)))?.structure ?? 'X.509'
}

const certificateFacts = (content: string): CertificateFacts => {
  const certificate = new X509Certificate(content)
  return {
    count: content.split('-----BEGIN CERTIFICATE-----').length - 1,
    sn: certSn(content),
    rootSn: rootCertSn(content),
    issuedTo: certificate.subject.replaceAll('\n', ', '),
    validFrom: new Date(certificate.validFrom),
    expiresAt: certExpiry(content),
  }
}

const isOpenToOthers = async (path: string): Promise<boolean> =>
  process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0

/**
 * Reads a file and tells what it is.
 *
 * @throws Problem `FILE`; F2fError `CONFIG_KEY_INVALID`, `CONFIG_CERTIFICATE_INVALID`
 */
export const describeKey = async (path: string): Promise<KeyFacts> => {
  const content = await readText(path)
  const key = parseKey(content)
  const isCertificate = content.includes('-----BEGIN CERTIFICATE-----')
  const structure = structureOf(content, key)
  return {
    path,
    kind: isCertificate ? 'certificate' : key.type === 'private' ? 'private' : 'public',
    encoding: content.includes('-----BEGIN') ? 'PEM' : 'base64',
    structure,
    bits: key.asymmetricKeyDetails?.modulusLength ?? 0,
    isOpenToOthers: key.type === 'private' && (await isOpenToOthers(path)),
    certificate: isCertificate ? certificateFacts(content) : undefined,
    key,
  }
}
