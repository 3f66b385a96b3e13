import type { World } from '../world.ts'
import type { App } from './apps.ts'
import type { CertificateFiles } from './certificates.ts'

/** The keys of one application. All are PEM. */
export interface SimulatorKeys {
  readonly appId: string
  /** Empty when the caller gave only the public key. */
  readonly appPrivateKey: string
  readonly appPublicKey: string
  readonly alipayPublicKey: string
}

/** What a merchant copies from the Alipay console into its configuration. */
export interface SimulatorCredentials extends SimulatorKeys {
  /** Account number (PID) of the application's owner; `seller_id` in notifications. */
  readonly sellerId: string
  /** For certificate mode. Made when first asked for. */
  readonly certificates: CertificateFiles
}

export const credentialsOf = (world: World, app: App): SimulatorCredentials => ({
  appId: app.appId,
  appPrivateKey: app.privateKeyPem ?? '',
  appPublicKey: app.publicKeyPem,
  alipayPublicKey: world.alipayKey.publicPem,
  sellerId: app.owner.userId,
  get certificates() {
    const authority = world.authority()
    return { app: world.appCertificate(app).pem, alipay: authority.alipay(), root: authority.root }
  },
})
