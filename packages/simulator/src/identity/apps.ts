import { createPublicKey, type KeyObject } from 'node:crypto'
import { certSn, F2fError, parseKey, type SignType } from '@f2f/core'
import type { SimulatorAppOptions, SimulatorMerchantOptions } from '../options.ts'
import { DIGITS, type Random } from '../random.ts'
import { generatePair, privatePem, publicPem } from './keys.ts'

/** An account that receives money. */
export interface Merchant {
  /** Account number (PID), 16 digits `2088…`. */
  readonly userId: string
  /** The merchant's own application; what `auth_app_id` says. */
  readonly authAppId: string
  readonly name: string
  readonly email: string
}

/** An application registered with the simulator. */
export interface App {
  readonly appId: string
  readonly owner: Merchant
  readonly publicKey: KeyObject
  readonly publicKeyPem: string
  /** Known only when the simulator made it or was given it. */
  readonly privateKeyPem: string | undefined
  readonly signType: SignType
  readonly encryptKey: string | undefined
  /** True when every call must name its certificates. */
  readonly certificateMode: boolean
  /** A certificate brought along by the caller. */
  readonly ownCertificate: { readonly pem: string; readonly sn: string } | undefined
  readonly isIsv: boolean
}

/** Every application and merchant, as configured at the start. */
export interface Registry {
  /** In the order given; the first is the one whose credentials the simulator shows. */
  readonly apps: readonly [App, ...App[]]
  /** Merchants that can authorise an application to act for them. */
  readonly merchants: readonly Merchant[]
  app(appId: string): App | undefined
  merchant(userId: string): Merchant | undefined
  /** Account numbers of everybody who can receive money. */
  readonly sellerIds: readonly string[]
}

const makeMerchant = (options: SimulatorMerchantOptions, random: Random): Merchant => ({
  userId: options.userId ?? `2088${random.text(12, DIGITS)}`,
  authAppId: options.authAppId ?? newAppId(random),
  name: options.name ?? '模拟商户',
  email: options.email ?? 'merchant@example.com',
})

const newAppId = (random: Random): string => `2021${random.text(12, DIGITS)}`

const appKeys = (options: SimulatorAppOptions): { publicKey: KeyObject; privateKeyPem?: string } => {
  const { publicKey, certificate } = options
  const given = publicKey ?? (typeof certificate === 'string' ? certificate : undefined)
  if (given !== undefined && options.privateKey === undefined) return { publicKey: parseKey(given, 'public') }
  const privateKey = parseKey(options.privateKey ?? generatePair().privateKey, 'private')
  return { publicKey: createPublicKey(privateKey), privateKeyPem: privatePem(privateKey) }
}

const makeApp = (options: SimulatorAppOptions, random: Random): App => {
  const { publicKey, privateKeyPem } = appKeys(options)
  const appId = options.appId ?? newAppId(random)
  const { certificate } = options
  return {
    appId,
    owner: makeMerchant({ ...options.merchant, authAppId: appId }, random),
    publicKey,
    publicKeyPem: publicPem(publicKey),
    privateKeyPem,
    signType: options.signType ?? 'RSA2',
    encryptKey: options.encryptKey,
    certificateMode: certificate !== undefined && certificate !== false,
    ownCertificate: typeof certificate === 'string' ? { pem: certificate, sn: certSn(certificate) } : undefined,
    isIsv: options.isIsv ?? true,
  }
}

/** @throws F2fError `CONFIG_INVALID` when two applications share an id, `CONFIG_KEY_*` for a bad key */
export const createRegistry = (
  appOptions: readonly SimulatorAppOptions[],
  merchantOptions: readonly SimulatorMerchantOptions[],
  random: Random,
): Registry => {
  const [first = {}, ...rest] = appOptions
  const apps = [makeApp(first, random), ...rest.map((options) => makeApp(options, random))] as const
  const byId = new Map(apps.map((app) => [app.appId, app]))
  if (byId.size < apps.length) {
    throw new F2fError('CONFIG_INVALID', 'Two applications have the same appId.', { details: { field: 'apps' } })
  }
  const merchants = merchantOptions.map((options) => makeMerchant(options, random))
  const byUserId = new Map([...merchants, ...apps.map(({ owner }) => owner)].map((one) => [one.userId, one]))
  return {
    apps,
    merchants,
    app: (appId) => byId.get(appId),
    merchant: (userId) => byUserId.get(userId),
    sellerIds: [...byUserId.keys()],
  }
}
