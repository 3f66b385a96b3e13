import { createPublicKey, type KeyObject } from 'node:crypto'
import { certSn, parseKey, systemClock } from '@f2f/core'
import { Grants } from './authorisation/grants.ts'
import { BillLinks } from './bill/links.ts'
import { FaultPlan } from './faults/fault-plan.ts'
import { type App, createRegistry, type Registry } from './identity/apps.ts'
import { type CertificateAuthority, createAuthority } from './identity/certificates.ts'
import { generatePair, publicPem } from './identity/keys.ts'
import { CallCounts } from './ledger/call-counts.ts'
import { Ledger } from './ledger/ledger.ts'
import { createNumbers, type Numbers } from './ledger/numbers.ts'
import { PaymentCodes } from './ledger/payment-codes.ts'
import { QrOffers } from './ledger/qr-offers.ts'
import { resolveSettings, type Settings, type SimulatorOptions } from './options.ts'
import { createRandom } from './random.ts'
import { createSimulatorClock, type SimulatorClock } from './time/simulator-clock.ts'

/** Everything the simulated Alipay has and knows. The gateway, the control API and the wallet all work on it. */
export interface World {
  readonly settings: Settings
  readonly clock: SimulatorClock
  readonly numbers: Numbers
  readonly registry: Registry
  readonly alipayKey: AlipayKey
  /** Made when first asked for: certificates take a moment to sign. */
  readonly authority: () => CertificateAuthority
  /** The certificate an application is known by. */
  readonly appCertificate: (app: App) => AppCertificate
  readonly ledger: Ledger
  readonly codes: PaymentCodes
  readonly offers: QrOffers
  readonly faults: FaultPlan
  readonly calls: CallCounts
  readonly grants: Grants
  readonly billLinks: BillLinks
}

/** The key replies and notifications are signed with. */
interface AlipayKey {
  readonly privateKey: KeyObject
  readonly publicPem: string
}

interface AppCertificate {
  readonly pem: string
  /** What `app_cert_sn` must say. */
  readonly sn: string
}

const DEFAULT_CODE_LIFETIME = 5 * 60_000

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const readAlipayKey = (given: string | undefined): AlipayKey => {
  const pair = given === undefined ? generatePair() : { privateKey: given }
  const privateKey = parseKey(pair.privateKey, 'private')
  return { privateKey, publicPem: publicPem(createPublicKey(privateKey)) }
}

const issueCertificates = (authority: () => CertificateAuthority): World['appCertificate'] => {
  const issued = new Map<string, AppCertificate>()
  return (app) => {
    const known = app.ownCertificate ?? issued.get(app.appId)
    if (known !== undefined) return known
    const pem = authority().issueApp(app.appId, app.publicKeyPem)
    const certificate = { pem, sn: certSn(pem) }
    issued.set(app.appId, certificate)
    return certificate
  }
}

/** @throws F2fError `CONFIG_*` for keys, certificates or applications that cannot be used */
export const createWorld = (options: SimulatorOptions): World => {
  const settings = resolveSettings(options)
  const random = createRandom(options.seed ?? 1)
  const clock = createSimulatorClock(options.clock ?? systemClock)
  const alipayKey = readAlipayKey(options.alipayPrivateKey)
  const authority = once(() => createAuthority(alipayKey.publicPem, random, clock.now()))
  return {
    settings,
    clock,
    alipayKey,
    authority,
    numbers: createNumbers(random),
    registry: createRegistry(options.apps ?? [], options.merchants ?? [{}], random),
    appCertificate: issueCertificates(authority),
    ledger: new Ledger(clock),
    codes: new PaymentCodes(random, options.codeLifetime ?? DEFAULT_CODE_LIFETIME),
    offers: new QrOffers(),
    faults: new FaultPlan(random, options.faults ?? []),
    calls: new CallCounts(),
    grants: new Grants(random),
    billLinks: new BillLinks(random, settings.bills.linkLifetime),
  }
}

/** Forgets every trade, code, QR, link, authorisation and fault; keys, applications and the time stay. */
export const resetWorld = (world: World): void => {
  for (const part of [world.ledger, world.codes, world.offers, world.faults, world.calls, world.grants]) part.clear()
  world.billLinks.clear()
}
