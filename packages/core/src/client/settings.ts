import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { type Clock, systemClock } from '../clock.ts'
import { F2fError } from '../errors.ts'
import { parseEncryptKey } from '../protocol/aes.ts'
import { certPublicKey, certSn, rootCertSn } from '../protocol/certificate.ts'
import { type Charset, parseCharset } from '../protocol/charset.ts'
import { assertKeyFits, isOwnPublicKey, parseKey, publicKeyOf } from '../protocol/keys.ts'
import { keySigner, type Signer, type SignType } from '../protocol/signature.ts'
import type { Transport } from '../transport.ts'
import { resolveGateway } from './gateway.ts'
import { createNodeTransport } from './node-transport.ts'
import { checkOptions, refuseOption } from './option-rules.ts'
import type { AlipayOptions, CertificateOptions, KeyInput } from './options.ts'

/** How requests are made and sent. */
export interface WireSettings {
  readonly appId: string
  readonly gateway: string
  readonly signer: Signer
  readonly signType: SignType
  readonly charset: Charset
  readonly encryptKey: KeyObject | undefined
  readonly appCertSn: string | undefined
  readonly alipayRootCertSn: string | undefined
  readonly transport: Transport
  readonly clock: Clock
  readonly timeout: number
}

/** Whose signature counts. */
export type TrustSettings =
  | { readonly publicKeys: readonly KeyObject[] }
  | { readonly files: CertificateOptions; readonly alipayKey: KeyObject; readonly ownKey: KeyObject }

export interface ClientSettings {
  readonly wire: WireSettings
  readonly trust: TrustSettings
}

const DEFAULT_TIMEOUT = 10_000

const refuse = (field: string, rule: string): F2fError => refuseOption('CONFIG_INVALID', field, rule)

const isSigner = (value: KeyInput | Signer): value is Signer =>
  typeof value === 'object' && 'sign' in value && typeof value.sign === 'function'

const isKeyInput = (value: unknown): value is KeyInput =>
  typeof value === 'string' || value instanceof Uint8Array || value instanceof nodeCrypto().KeyObject

const privateKeyOf = (given: KeyInput | Signer, signType: SignType): KeyObject | undefined => {
  if (given === undefined || given === null) throw refuse('privateKey', 'is missing')
  if (isSigner(given)) return undefined
  if (!isKeyInput(given)) throw refuse('privateKey', 'must be a key or a Signer')
  const key = parseKey(given, 'private')
  assertKeyFits(key, signType, 'privateKey')
  return key
}

/** @param own - the application's public key, when it is known */
const assertAlipays = (key: KeyObject, own: KeyObject | undefined, signType: SignType, role: string): KeyObject => {
  assertKeyFits(key, signType, role)
  if (own?.equals(key)) {
    throw new F2fError('CONFIG_OWN_PUBLIC_KEY', `${role} belongs to the application's own private key.`, {
      details: { field: role },
    })
  }
  return key
}

const publicKeys = (
  given: KeyInput | readonly KeyInput[],
  own: KeyObject | undefined,
  signType: SignType,
): readonly KeyObject[] => {
  const inputs: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (inputs.length === 0 || !inputs.every(isKeyInput)) throw refuse('alipayPublicKey', 'must be one or more keys')
  const ownKey = own && publicKeyOf(own)
  return inputs.map((input) => assertAlipays(parseKey(input, 'public'), ownKey, signType, 'alipayPublicKey'))
}

const certificateTrust = (files: CertificateOptions, own: KeyObject | undefined, signType: SignType): TrustSettings => {
  for (const name of ['app', 'alipay', 'root'] as const) {
    const file: unknown = files?.[name]
    if (typeof file !== 'string' && !(file instanceof Uint8Array)) {
      throw refuse(`certificates.${name}`, 'must be PEM text or the bytes of the file')
    }
  }
  const ownKey = parseKey(certPublicKey(files.app))
  assertKeyFits(ownKey, signType, 'certificates.app')
  if (own !== undefined && !isOwnPublicKey(own, ownKey)) {
    throw refuse('certificates.app', 'must be the certificate of privateKey')
  }
  const alipayKey = assertAlipays(parseKey(certPublicKey(files.alipay)), ownKey, signType, 'certificates.alipay')
  return { files, alipayKey, ownKey }
}

const trustOf = (options: AlipayOptions, own: KeyObject | undefined, signType: SignType): TrustSettings => {
  const { alipayPublicKey, certificates } = options
  if ((alipayPublicKey === undefined) === (certificates === undefined)) {
    throw refuse('alipayPublicKey', 'or certificates must be given, and not both')
  }
  return certificates === undefined
    ? { publicKeys: publicKeys(alipayPublicKey ?? [], own, signType) }
    : certificateTrust(certificates, own, signType)
}

const charsetOf = (name: unknown): Charset => {
  const charset = typeof name === 'string' ? parseCharset(name) : undefined
  if (charset === undefined) throw refuse('charset', 'must be utf-8, gbk or gb2312')
  return charset
}

const rootSn = (files: CertificateOptions): string => {
  const sn = rootCertSn(files.root)
  if (sn !== '') return sn
  throw new F2fError('CONFIG_CERTIFICATE_INVALID', 'The root file has no certificate that is signed with RSA.')
}

const assertObject = (options: unknown): void => {
  if (typeof options !== 'object' || options === null) throw refuse('options', 'must be an object')
}

/**
 * Checks every option and reads every key, once.
 *
 * @throws F2fError `CONFIG_*`, naming the option; no message holds any of a key or token
 */
export const readOptions = (options: AlipayOptions): ClientSettings => {
  assertObject(options)
  const { appId, signType = 'RSA2', timeout = DEFAULT_TIMEOUT, clock = systemClock, transport, certificates } = options
  const { gateway = 'production', charset = 'utf-8' } = options
  const { sellerId, appAuthToken, sysServiceProviderId, notifyUrl, encryptKey } = options
  if (appId === undefined) throw refuse('appId', 'is missing')
  checkOptions('CONFIG_INVALID', { appId, signType, timeout, clock, transport })
  checkOptions('CONFIG_INVALID', { sellerId, appAuthToken, sysServiceProviderId, notifyUrl, encryptKey })
  const own = privateKeyOf(options.privateKey, signType)
  const trust = trustOf(options, own, signType)
  return {
    trust,
    wire: {
      appId,
      gateway: resolveGateway(gateway, transport !== undefined),
      signer: own === undefined ? (options.privateKey as Signer) : keySigner(own),
      signType,
      charset: charsetOf(charset),
      encryptKey: encryptKey === undefined ? undefined : parseEncryptKey(encryptKey),
      appCertSn: certificates && certSn(certificates.app),
      alipayRootCertSn: certificates && rootSn(certificates),
      transport: transport ?? createNodeTransport(),
      clock,
      timeout,
    },
  }
}
