import type { KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { F2fError, isF2fError } from '../errors.ts'
import { type CertificateFile, certOrganisation, certPublicKey, certSn } from '../protocol/certificate.ts'
import { isTrustedCertificate } from '../protocol/certificate-trust.ts'
import { assertKeyFits, parseKey } from '../protocol/keys.ts'
import type { SignType } from '../protocol/signature.ts'

/** The public keys of Alipay that count for a message, by the certificate serial the message claims. */
export interface TrustedKeys {
  /**
   * In certificate mode a serial not seen before is downloaded first.
   *
   * @throws F2fError `REPLY_UNTRUSTED_CERTIFICATE`
   */
  forReply(claimedSn: string | undefined): readonly KeyObject[] | Promise<readonly KeyObject[]>
  /** Never downloads: anybody can send a notification. */
  forNotification(claimedSn: string | undefined): readonly KeyObject[]
}

/** Public-key mode: the configured keys, whatever a message claims. */
export const fixedKeys = (keys: readonly KeyObject[]): TrustedKeys => ({
  forReply: () => keys,
  forNotification: () => keys,
})

/** What `alipay.open.app.alipaycert.download` answered. */
export interface CertificateDownload {
  /** The PEM file; undefined when Alipay gave none. */
  readonly file: Uint8Array | undefined
  /** The answer was signed with a key that was trusted already. */
  readonly vouched: boolean
}

export interface CertificateKeysInput {
  /** The configured certificate of Alipay and its key. */
  readonly alipay: CertificateFile
  readonly alipayKey: KeyObject
  readonly root: CertificateFile
  /** The application's own public key. */
  readonly ownKey: KeyObject
  readonly signType: SignType
  readonly clock: Clock
  readonly download: (sn: string, trusted: readonly KeyObject[]) => Promise<CertificateDownload>
}

const SERIAL = /^[0-9a-f]{32}$/
/** Alipay renews its certificate every few years, so even this many are never seen. */
const MOST_LEARNED = 16
const MOST_REFUSED = 256
const MOST_DOWNLOADS = 4
/** A refusal may have been forged on the way, so it does not last. Ms. */
const REFUSED_FOR = 10 * 60 * 1000

const remember = <T>(map: Map<string, T>, key: string, value: T, limit: number): void => {
  const [oldest] = map.keys()
  if (map.size >= limit && oldest !== undefined) map.delete(oldest)
  map.set(key, value)
}

const untrusted = (sn: string, reason: string, cause?: unknown): F2fError =>
  new F2fError('REPLY_UNTRUSTED_CERTIFICATE', `The Alipay certificate of the reply is not trusted: ${reason}.`, {
    details: { reason, ...(SERIAL.test(sn) ? { certSn: sn } : {}) },
    cause,
  })

/**
 * Certificate mode (protocol §4): a reply names the certificate it was signed with, and a newer one is downloaded,
 * checked against the root and kept.
 *
 * The serial comes from a message that is not verified yet, so what it can cause is bounded: one download per serial
 * at a time, few in all, and refused serials are not asked for again for ten minutes.
 */
export const certificateKeys = (input: CertificateKeysInput): TrustedKeys => {
  const { alipay, alipayKey, root, ownKey, signType, clock, download } = input
  const configuredSn = certSn(alipay)
  const learned = new Map<string, KeyObject>()
  const refusedUntil = new Map<string, number>()
  const underWay = new Map<string, Promise<KeyObject>>()

  const known = (sn: string): KeyObject | undefined => (sn === configuredSn ? alipayKey : learned.get(sn))
  const all = (): readonly KeyObject[] => [alipayKey, ...learned.values()]

  /**
   * Every merchant's own certificate chains to the same root, so the chain alone does not make a certificate Alipay's.
   * Without a trusted signature on the download, it must also name the organisation of the configured one.
   */
  const isAlipays = (sn: string, file: Uint8Array, vouched: boolean): boolean =>
    certSn(file) === sn &&
    isTrustedCertificate(file, root, clock.now()) &&
    (vouched || certOrganisation(file) === certOrganisation(alipay))

  const check = (sn: string, { file, vouched }: CertificateDownload): KeyObject => {
    if (file === undefined) throw untrusted(sn, 'Alipay does not know it')
    if (!isAlipays(sn, file, vouched)) throw untrusted(sn, "it does not chain to the root or is not Alipay's")
    const key = parseKey(certPublicKey(file))
    assertKeyFits(key, signType, 'the certificate')
    if (key.equals(ownKey)) throw untrusted(sn, "it is the application's own")
    return key
  }

  const learn = async (sn: string): Promise<KeyObject> => {
    let answer: CertificateDownload
    try {
      answer = await download(sn, all())
    } catch (cause) {
      throw untrusted(sn, 'it could not be downloaded', cause)
    }
    try {
      const key = check(sn, answer)
      remember(learned, sn, key, MOST_LEARNED)
      return key
    } catch (cause) {
      remember(refusedUntil, sn, clock.now() + REFUSED_FOR, MOST_REFUSED)
      throw isF2fError(cause) && cause.code === 'REPLY_UNTRUSTED_CERTIFICATE'
        ? cause
        : untrusted(sn, 'it cannot be read', cause)
    }
  }

  const learnOnce = (sn: string): Promise<KeyObject> => {
    const running = underWay.get(sn)
    if (running !== undefined) return running
    if ((refusedUntil.get(sn) ?? 0) > clock.now()) throw untrusted(sn, 'it was refused before')
    if (underWay.size >= MOST_DOWNLOADS) throw untrusted(sn, 'too many others are being downloaded')
    const started = learn(sn).finally(() => underWay.delete(sn))
    underWay.set(sn, started)
    return started
  }

  return {
    async forReply(claimedSn) {
      if (claimedSn === undefined) return all()
      if (!SERIAL.test(claimedSn)) throw untrusted(claimedSn, 'its serial is none')
      return [known(claimedSn) ?? (await learnOnce(claimedSn))]
    },
    forNotification(claimedSn) {
      const key = claimedSn === undefined ? undefined : known(claimedSn)
      return key === undefined ? all() : [key]
    },
  }
}
