import { certSn, rootCertSn } from '@f2f/core'
import forge from 'node-forge'
import { HEX, type Random } from '../random.ts'
import { generatePair, type PemPair } from './keys.ts'

/** The certificate files a merchant downloads from the Alipay console, as PEM text. */
export interface CertificateFiles {
  /** `appCertPublicKey`: of the application's key. */
  readonly app: string
  /** `alipayCertPublicKey_RSA2`: of the key Alipay signs with, followed by its issuer. */
  readonly alipay: string
  /** `alipayRootCert`. */
  readonly root: string
}

/** Issues certificates as Alipay does: root, one authority below it, then the leaves. */
export interface CertificateAuthority {
  readonly root: string
  /** Serial of the root file, as a request must name it. */
  readonly rootSn: string
  /** The certificate Alipay signs with now, followed by its issuer. */
  alipay(): string
  /** Its serial, as replies in certificate mode state it. */
  alipaySn(): string
  /** Makes a new certificate for Alipay's same key, as happens every few years. Returns it. */
  rollAlipay(): string
  /** Any certificate Alipay ever signed with, by its serial. */
  findAlipay(sn: string): string | undefined
  /** A certificate for an application's public key. */
  issueApp(appId: string, publicKey: string): string
}

interface Subject {
  readonly commonName: string
  readonly unit: string
}

interface Signing {
  readonly issuer: Subject
  readonly issuerKey: PemPair
  readonly isAuthority: boolean
}

const AUTHORITY_UNIT = 'Certification Authority'
const ROOT: Subject = { commonName: 'Ant Financial Certification Authority R1', unit: AUTHORITY_UNIT }
const CLASS_2: Subject = { commonName: 'Ant Financial Certification Authority Class 2 R1', unit: AUTHORITY_UNIT }
const ALIPAY: Subject = { commonName: 'Alipay simulator', unit: 'Alipay' }
const YEAR = 365 * 24 * 60 * 60 * 1000

const attributes = ({ commonName, unit }: Subject): forge.pki.CertificateField[] => [
  { name: 'countryName', value: 'CN' },
  { name: 'organizationName', value: 'Ant Financial' },
  { name: 'organizationalUnitName', value: unit },
  { name: 'commonName', value: commonName },
]

/**
 * @param alipayPublicKey - PEM of the key Alipay signs with
 * @param at - when the certificates begin to be valid is one year before this, ms since 1970; they last twenty
 */
export const createAuthority = (alipayPublicKey: string, random: Random, at: number): CertificateAuthority => {
  const issue = (subject: Subject, publicKey: string, signing: Signing): string => {
    const certificate = forge.pki.createCertificate()
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
    certificate.serialNumber = `2${random.text(31, HEX)}`
    certificate.validity.notBefore = new Date(at - YEAR)
    certificate.validity.notAfter = new Date(at + 19 * YEAR)
    certificate.setSubject(attributes(subject))
    certificate.setIssuer(attributes(signing.issuer))
    certificate.setExtensions([{ name: 'basicConstraints', cA: signing.isAuthority, critical: true }])
    certificate.sign(forge.pki.privateKeyFromPem(signing.issuerKey.privateKey), forge.md.sha256.create())
    return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n')
  }

  const rootKey = generatePair()
  const class2Key = generatePair()
  const root = issue(ROOT, rootKey.publicKey, { issuer: ROOT, issuerKey: rootKey, isAuthority: true })
  const class2 = issue(CLASS_2, class2Key.publicKey, { issuer: ROOT, issuerKey: rootKey, isAuthority: true })
  const leaf = (subject: Subject, publicKey: string) =>
    issue(subject, publicKey, { issuer: CLASS_2, issuerKey: class2Key, isAuthority: false })

  const issued = new Map<string, string>()
  const issueAlipay = () => {
    const file = leaf(ALIPAY, alipayPublicKey) + class2
    const sn = certSn(file)
    issued.set(sn, file)
    return { file, sn }
  }

  let current = issueAlipay()
  return {
    root,
    rootSn: rootCertSn(root),
    alipay: () => current.file,
    alipaySn: () => current.sn,
    rollAlipay: () => {
      current = issueAlipay()
      return current.file
    },
    findAlipay: (sn) => issued.get(sn),
    issueApp: (appId, publicKey) => leaf({ commonName: `${appId}-${appId}`, unit: 'Alipay' }, publicKey),
  }
}
