import type { Clock, SignType } from '@f2f/core'
import type { FaultRule } from './faults/fault.ts'
import type { Buyer } from './ledger/trade.ts'

/** A merchant's account. Whatever is left out is made up. */
export interface SimulatorMerchantOptions {
  /** Account number (PID): 16 digits, `2088…`. Applications with the same one share their trades. */
  readonly userId?: string
  /** The merchant's own application, which `auth_app_id` names. */
  readonly authAppId?: string
  readonly name?: string
  readonly email?: string
}

/** An application that may call the gateway. Whatever is left out is made up. */
export interface SimulatorAppOptions {
  readonly appId?: string
  /** The application's public key, in any form `parseKey` of `@f2f/core` takes. */
  readonly publicKey?: string
  /** Instead of `publicKey`: both keys are then known, and the simulator can hand the private one out. */
  readonly privateKey?: string
  /** How its requests and replies are signed. Default `RSA2`. */
  readonly signType?: SignType
  /** AES key for content encryption, base64. */
  readonly encryptKey?: string
  /**
   * `true`: certificate mode, the certificate is issued by the simulator. A PEM text: certificate mode with this
   * certificate. Left out: public-key mode; a call that names certificates all the same is held to them.
   */
  readonly certificate?: boolean | string
  /** Whose application it is. */
  readonly merchant?: SimulatorMerchantOptions
  /** Whether other merchants can authorise it. Default true. */
  readonly isIsv?: boolean
}

/** How notifications are sent. */
export interface SimulatorNotifyOptions {
  /** Default true. */
  readonly enabled?: boolean
  /** Also after a refund of a trade that had a `notify_url`. Default true. */
  readonly onRefund?: boolean
  /** Also when an unpaid trade closes. Default false. */
  readonly onClosed?: boolean
  /** Carries one notification. Default: the platform's `fetch`. */
  readonly send?: (request: Request) => Promise<Response>
  /** How long one attempt may take, ms of the given clock. Default 10,000. */
  readonly timeout?: number
}

/** What the bill API answers for a day without any movement; the sources disagree (protocol §9.4). */
export type EmptyBill = 'template' | 'empty_file_code' | 'no_bill_data' | 'bill_not_exist'

/** How bills are made. */
export interface SimulatorBillOptions {
  /** Service fee as a share of the amount. Default 0.006. */
  readonly feeRate?: number
  /** Default `template`: a bill with headings and zero totals. */
  readonly emptyDay?: EmptyBill
  /** Hour of the next day (Beijing time) from which a day's bill is ready. Default 0. */
  readonly readyHour?: number
  /** How long a link lives, ms. Default 30,000. */
  readonly linkLifetime?: number
}

export interface SimulatorOptions {
  /** Default: one application with keys made at the start. */
  readonly apps?: readonly SimulatorAppOptions[]
  /** Merchants that can authorise an application to act for them. Default: one. */
  readonly merchants?: readonly SimulatorMerchantOptions[]
  /** Who pays. */
  readonly buyer?: Partial<Buyer>
  /** The key replies and notifications are signed with. Default: made at the start. */
  readonly alipayPrivateKey?: string
  /** Default: the machine's clock. */
  readonly clock?: Clock
  /** Same seed, same trade numbers, codes and faults. Default 1. */
  readonly seed?: number
  readonly faults?: readonly FaultRule[]
  readonly notify?: SimulatorNotifyOptions
  readonly bills?: SimulatorBillOptions
  /** How long a code made by `POST /codes` or the wallet can be used, ms. Default 300,000. */
  readonly codeLifetime?: number
  /** How late the answer is for a code ending in 32 and for a `delay` fault without its own, ms. Default 15,000. */
  readonly replyDelay?: number
  /** How long after the request a code ending in 03 pays by itself, ms. Default 8,000. */
  readonly confirmAfter?: number
  /**
   * Most that a request's `timestamp` may differ from the clock, ms. Default: no limit, as no source documents one
   * (protocol §1.3).
   */
  readonly timestampWindow?: number
  /** Whether a cancel also makes an unscanned QR worthless. Default false: Alipay knows no such trade yet. */
  readonly cancelWithdrawsQr?: boolean
}

/** {@link SimulatorOptions} with every default filled in, as far as the gateway's rules need them. */
export interface Settings {
  readonly buyer: Buyer
  readonly notify: Required<SimulatorNotifyOptions>
  readonly bills: Required<SimulatorBillOptions>
  readonly replyDelay: number
  readonly confirmAfter: number
  readonly timestampWindow: number
  readonly cancelWithdrawsQr: boolean
}

const BUYER: Buyer = { userId: '2088002123336273', logonId: '138****0000', name: '*小明' }

export const resolveSettings = (options: SimulatorOptions): Settings => ({
  buyer: { ...BUYER, ...options.buyer },
  notify: { enabled: true, onRefund: true, onClosed: false, send: fetch, timeout: 10_000, ...options.notify },
  bills: { feeRate: 0.006, emptyDay: 'template', readyHour: 0, linkLifetime: 30_000, ...options.bills },
  replyDelay: options.replyDelay ?? 15_000,
  confirmAfter: options.confirmAfter ?? 8_000,
  timestampWindow: options.timestampWindow ?? Number.POSITIVE_INFINITY,
  cancelWithdrawsQr: options.cancelWithdrawsQr ?? false,
})
