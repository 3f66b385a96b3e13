import type { Policy } from '@f2f/core'

/** Where a till keeps its payments, and who wakes them. */
export type TillBackend =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly queue: TillQueue }

/** Where the tills' wake-ups are queued. */
export type TillQueue = { readonly redis: string; readonly prefix: string } | { readonly postgres: string }

/** What a till process is told, as JSON in its environment. */
export interface TillConfig {
  readonly gateway: string
  readonly control: string
  readonly appId: string
  readonly privateKey: string
  readonly alipayPublicKey: string
  readonly backend: TillBackend
  /** File to which every delivered settlement and refund is appended, one JSON line each. */
  readonly deliveries: string
  /** First part of this till's order numbers. */
  readonly prefix: string
  readonly seed: number
  /** False: take no new payments, finish what there is, and end. */
  readonly takesPayments: boolean
  /** False: it leaves wake-ups and the shop's books to the other tills. */
  readonly isWorker: boolean
}

export const TILL_CONFIG = 'F2F_TILL'

/** A line a till appends when it was told of something. */
export interface Delivery {
  readonly outTradeNo: string
  /** Of the payment it was told of. */
  readonly version: number
  /** The payment's status, or the refund's when `outRequestNo` is there. */
  readonly status: string
  readonly outRequestNo?: string
}

/** Everything a thousand times a minute, so that a process lives through many of them before it is killed. */
export const HASTY: Partial<Policy> = {
  firstQueryAfter: 100,
  pollEvery: 100,
  payWithin: 900,
  callTimeout: 500,
  cancelRetryFrom: 50,
  cancelRetryTo: 400,
  attentionAfter: 60_000,
  recheckAfter: [700, 2_000],
  refundRetryFrom: 60,
  reportWithin: 1_000,
  reportRetryFrom: 50,
}
