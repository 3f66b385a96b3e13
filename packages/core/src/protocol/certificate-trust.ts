import type { X509Certificate } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { type CertificateFile, certPublicKey, pemBlocks, tbsParts } from './certificate.ts'
import { DER, type DerValue, derChildren, derContent, derOid, derUnsigned, readDer } from './der.ts'

/** Longer files are refused rather than searched: real ones hold two to four certificates. */
const MOST_CERTIFICATES = 10
const BASIC_CONSTRAINTS = '2.5.29.19'

interface ChainLink {
  readonly certificate: X509Certificate
  /** How many certificate authorities may stand below this one; -1 when it is no authority itself. */
  readonly authoritiesBelow: number
}

const findExtension = (der: Uint8Array, oid: string): DerValue | undefined => {
  const tagged = tbsParts(der).find((part) => part.tag === DER.EXTENSIONS)
  if (tagged === undefined) return undefined
  const extensions = derChildren(derChildren(tagged, DER.EXTENSIONS)[0], DER.SEQUENCE)
  const found = extensions.map((one) => derChildren(one, DER.SEQUENCE)).find(([type]) => derOid(type) === oid)
  return found === undefined ? undefined : readDer(derContent(found.at(-1), DER.OCTET_STRING))
}

const authoritiesBelow = (der: Uint8Array): number => {
  const constraints = findExtension(der, BASIC_CONSTRAINTS)
  const [isAuthority, pathLength] = constraints === undefined ? [] : derChildren(constraints, DER.SEQUENCE)
  if (isAuthority?.tag !== DER.BOOLEAN || isAuthority.content[0] !== 0xff) return -1
  return pathLength === undefined ? Number.POSITIVE_INFINITY : Number(derUnsigned(pathLength))
}

/** Undefined when this Node's OpenSSL cannot read it: the real root file has an SM2 certificate (protocol §4). */
const readLink = (der: Uint8Array): ChainLink | undefined => {
  try {
    return { certificate: new (nodeCrypto().X509Certificate)(der), authoritiesBelow: authoritiesBelow(der) }
  } catch {
    return undefined
  }
}

const readLinks = (blocks: readonly Uint8Array[]): readonly ChainLink[] =>
  blocks.map(readLink).filter((link) => link !== undefined)

const isValidAt = ({ validFrom, validTo }: X509Certificate, at: number): boolean =>
  Date.parse(validFrom) <= at && at <= Date.parse(validTo)

const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/**
 * Whether the first certificate of `pem` goes back to one of the root file's, over the other certificates of `pem`
 * where needed: every signature holds, every issuer is a certificate authority that may have so many below it, and
 * all are valid at `at`.
 *
 * @param at - milliseconds since 1970-01-01T00:00:00Z
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID` when either file holds no certificate that can be read
 */
export const isTrustedCertificate = (pem: CertificateFile, rootPem: CertificateFile, at: number): boolean => {
  certPublicKey(pem)
  const blocks = pemBlocks(pem)
  const [leaf, ...others] = readLinks(blocks)
  const roots = readLinks(pemBlocks(rootPem))
  if (leaf === undefined || blocks.length > MOST_CERTIFICATES) return false

  const reachesRoot = (link: ChainLink, pool: readonly ChainLink[], below: number): boolean => {
    const canIssue = (candidate: ChainLink): boolean =>
      candidate.authoritiesBelow >= below &&
      isValidAt(candidate.certificate, at) &&
      isSignedBy(link.certificate, candidate.certificate)
    return (
      roots.some(canIssue) ||
      pool.some(
        (next) =>
          canIssue(next) &&
          reachesRoot(
            next,
            pool.filter((other) => other !== next),
            below + 1,
          ),
      )
    )
  }
  return isValidAt(leaf.certificate, at) && reachesRoot(leaf, others, 0)
}
