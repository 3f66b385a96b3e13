import type { KeyObject, X509Certificate } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { asBuffer } from './charset.ts'
import { badCertificate, DER, type DerValue, derChildren, derOid, derUnsigned, isDer, readDer } from './der.ts'
import { javaName, organisationOf } from './distinguished-name.ts'

/** A certificate file as the Alipay console gives it: PEM, as text or as the file's bytes. One certificate's DER will do. */
export type CertificateFile = string | Uint8Array

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const RSA_SIGNATURES = '1.2.840.113549.1.1.'

const decodeBlock = (body: string): Uint8Array => {
  const base64 = body.replace(/\s+/g, '')
  if (!BASE64.test(base64)) throw badCertificate('The certificate is not valid base64.')
  return Buffer.from(base64, 'base64')
}

/** A file that came through an environment variable has `\n` for its line ends. */
const textOf = (file: CertificateFile): string => {
  const text = typeof file === 'string' ? file : asBuffer(file).toString('latin1')
  return text.replace(/\\r|\\n/g, '\n')
}

/**
 * The DER bytes of every certificate in a PEM file, in file order. Text between the blocks and CRLF do not matter.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID` when there is none
 */
export const pemBlocks = (file: CertificateFile): readonly [Uint8Array, ...Uint8Array[]] => {
  if (typeof file !== 'string') {
    if (!ArrayBuffer.isView(file)) throw badCertificate('The certificate is neither text nor bytes.')
    if (isDer(file)) return [file]
  }
  const [first, ...rest] = Array.from(textOf(file).matchAll(PEM_BLOCK), (match) => decodeBlock(match[1] ?? ''))
  if (first === undefined) throw badCertificate('There is no PEM certificate.')
  return [first, ...rest]
}

/** What our own reader takes from a certificate, so that SM2 certificates are no obstacle (protocol §4). */
interface CertificateFields {
  readonly serial: bigint
  readonly issuer: DerValue
  readonly subject: DerValue
  readonly signatureAlgorithm: string
}

/** The parts of the signed body, in order, without the optional version in front. */
export const tbsParts = (certificate: Uint8Array): readonly DerValue[] => {
  const [body] = derChildren(readDer(certificate), DER.SEQUENCE)
  const parts = derChildren(body, DER.SEQUENCE)
  return parts[0]?.tag === DER.VERSION ? parts.slice(1) : parts
}

const readFields = (certificate: Uint8Array): CertificateFields => {
  const [, algorithm] = derChildren(readDer(certificate), DER.SEQUENCE)
  const [serial, , issuer, , subject] = tbsParts(certificate)
  if (issuer === undefined || subject === undefined) throw badCertificate('The certificate has no names.')
  return {
    serial: derUnsigned(serial),
    issuer,
    subject,
    signatureAlgorithm: derOid(derChildren(algorithm, DER.SEQUENCE)[0]),
  }
}

const sn = ({ issuer, serial }: CertificateFields): string =>
  nodeCrypto()
    .createHash('md5')
    .update(`${javaName(issuer)}${serial}`, 'utf8')
    .digest('hex')

/**
 * The serial Alipay knows a certificate by (`app_cert_sn`, `alipay_cert_sn`): lower-case hex MD5 of the issuer's name
 * as Java prints it, then the serial number in decimal (protocol §4). Of several blocks the first counts.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const certSn = (pem: CertificateFile): string => sn(readFields(pemBlocks(pem)[0]))

/**
 * `alipay_root_cert_sn`: the serials of all certificates of the root file that are signed with RSA, in file order,
 * joined with `_`; others (SM2, EC) are left out (protocol §4). An empty text when there is none with RSA.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const rootCertSn = (pem: CertificateFile): string =>
  pemBlocks(pem)
    .map(readFields)
    .filter((fields) => fields.signatureAlgorithm.startsWith(RSA_SIGNATURES))
    .map(sn)
    .join('_')

/**
 * The organisation that the first certificate of a file was issued to; empty when it names none.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const certOrganisation = (pem: CertificateFile): string => organisationOf(readFields(pemBlocks(pem)[0]).subject)

const unreadable = (cause: unknown) => badCertificate('The certificate cannot be read.', cause)

/** Our strict reader goes first: OpenSSL also takes bytes after the end and lengths written longer than needed. */
const firstCertificate = (pem: CertificateFile): X509Certificate => {
  const [first] = pemBlocks(pem)
  readFields(first)
  try {
    return new (nodeCrypto().X509Certificate)(first)
  } catch (cause) {
    throw unreadable(cause)
  }
}

/**
 * The public key in the first certificate of a file.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const certPublicKey = (pem: CertificateFile): KeyObject => {
  const certificate = firstCertificate(pem)
  try {
    return certificate.publicKey
  } catch (cause) {
    throw unreadable(cause)
  }
}

/**
 * When the first certificate of a file stops being valid.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const certExpiry = (pem: CertificateFile): Date => new Date(firstCertificate(pem).validTo)
