import type { KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { CertificateFile } from '../protocol/certificate.ts'
import type { Charset } from '../protocol/charset.ts'
import type { Signer, SignType } from '../protocol/signature.ts'
import type { Transport } from '../transport.ts'

/** A key in any form the Alipay console or openssl gives: see `parseKey`. */
export type KeyInput = string | Uint8Array | KeyObject

/** The three files of certificate mode, PEM text or the file's bytes (protocol §4). */
export interface CertificateOptions {
  /** appCertPublicKey_….crt: the application's certificate. */
  readonly app: CertificateFile
  /** alipayCertPublicKey_RSA2.crt: Alipay's certificate. */
  readonly alipay: CertificateFile
  /** alipayRootCert.crt: what newer Alipay certificates are checked against. */
  readonly root: CertificateFile
}

/** How to reach Alipay as one application. Either `alipayPublicKey` or `certificates` must be given. */
export interface AlipayOptions {
  /** The application's id, such as `2021000000000001`. */
  readonly appId: string
  /** The application's private key, or a `Signer` that keeps it elsewhere (KMS, HSM). */
  readonly privateKey: KeyInput | Signer
  /** Public-key mode: Alipay's public key (支付宝公钥), or several while one replaces another. */
  readonly alipayPublicKey?: KeyInput | readonly KeyInput[] | undefined
  /** Certificate mode. */
  readonly certificates?: CertificateOptions | undefined
  /**
   * Default `production`. An address must be https; plain http is taken for this machine (loopback), and for any host
   * with a `transport` of your own.
   */
  readonly gateway?: 'production' | 'sandbox' | (string & {}) | undefined
  /** Signs requests and verifies replies and notifications. Never chosen by a message. Default `RSA2`. */
  readonly signType?: SignType | undefined
  /** Default `utf-8`. */
  readonly charset?: Charset | undefined
  /** The AES key of the console (接口内容加密), base64: encrypts every request's content. */
  readonly encryptKey?: string | undefined
  /** Act for this merchant in every call; see also `withAuth`. */
  readonly appAuthToken?: string | undefined
  /** Where notifications of `pay` and `precreate` go when the call names no other address; http(s), 256 characters. */
  readonly notifyUrl?: string | undefined
  /** The service provider's id (返佣): goes into `extend_params` of `pay` and `precreate` unless the call sets it. */
  readonly sysServiceProviderId?: string | undefined
  /** Alipay user id of the account the money goes to. The cashier refuses notifications that name another. */
  readonly sellerId?: string | undefined
  /** Total time of one call in ms, signing and the reply's body included. Default 10,000. */
  readonly timeout?: number | undefined
  /** Default: `createNodeTransport()`. */
  readonly transport?: Transport | undefined
  /** Default: `systemClock`. */
  readonly clock?: Clock | undefined
}

/** What one call may set. */
export interface CallOptions {
  /** Gives the call up. Before the request left: `REQUEST_ABORTED`; afterwards: `UNKNOWN_ABORTED`. */
  readonly signal?: AbortSignal | undefined
  /** Total time of this call in ms, instead of the client's. */
  readonly timeout?: number | undefined
  /** Act for this merchant in this call. */
  readonly appAuthToken?: string | undefined
  /** Where Alipay sends the notifications of this trade. */
  readonly notifyUrl?: string | undefined
}
