import type { KeyObject } from 'node:crypto'
import type { Connection } from './call.ts'
import { downloadCertificate } from './certificate-download.ts'
import { clientOf } from './client.ts'
import type { Alipay } from './client-interface.ts'
import type { AlipayOptions } from './options.ts'
import { readOptions, type TrustSettings, type WireSettings } from './settings.ts'
import { certificateKeys, fixedKeys, type TrustedKeys } from './trusted-keys.ts'

export type { Alipay } from './client-interface.ts'
export type { Notification, NotificationMembers } from './notification.ts'
export type { AlipayOptions, CallOptions, CertificateOptions, KeyInput } from './options.ts'

const keysOf = (wire: WireSettings, trust: TrustSettings): TrustedKeys => {
  if ('publicKeys' in trust) return fixedKeys(trust.publicKeys)
  const { files, alipayKey, ownKey } = trust
  const { clock, signType } = wire
  const download = (sn: string, trusted: readonly KeyObject[]) => downloadCertificate(wire, sn, trusted)
  return certificateKeys({ alipay: files.alipay, root: files.root, alipayKey, ownKey, clock, signType, download })
}

/**
 * A client for one application. Every option is checked and every key is read here, once; the object returned shows
 * neither keys nor tokens, however it is printed.
 *
 * ```ts
 * const alipay = createAlipay({ appId, privateKey, alipayPublicKey })
 * const reply = await alipay.query({ out_trade_no: 'T20240520131415001' })
 * ```
 *
 * @throws F2fError `CONFIG_*`, naming the option
 */
export const createAlipay = (options: AlipayOptions): Alipay => {
  const { wire, trust } = readOptions(options)
  const { appAuthToken, notifyUrl, sysServiceProviderId, sellerId } = options
  const connection: Connection = { wire, keys: keysOf(wire, trust), lastVerifiedReplyAt: undefined }
  return clientOf(connection, { appAuthToken, notifyUrl, sysServiceProviderId, sellerId, merchantId: undefined })
}
