import type { ApiReplies, ApiRequests } from '../api/index.ts'
import type { Reply } from '../api/reply.ts'
import type { Clock } from '../clock.ts'
import type { Notification } from './notification.ts'
import type { CallOptions } from './options.ts'

/** One API as a method: sends its content, resolves with the verified reply whatever its business code. */
export type Call<Name extends keyof ApiRequests> = (
  content: ApiRequests[Name],
  options?: CallOptions,
) => Promise<ApiReplies[Name]>

/**
 * Alipay, as one application sees it.
 *
 * Every call sends its request exactly once and resolves with the verified reply, business errors included, under wire
 * names. It rejects with `F2fError` only when there is no trustworthy reply: `REQUEST_*` and `NOT_SENT` mean nothing was
 * sent; `UNKNOWN_*` and `REPLY_*` mean the request may have been carried out.
 */
export interface Alipay {
  readonly appId: string
  readonly sellerId: string | undefined
  readonly clock: Clock
  /** When the last reply was verified, ms since 1970; shared with the clients made by `withAuth`. */
  readonly lastVerifiedReplyAt: number | undefined

  /** alipay.trade.pay: takes money with the buyer's payment code. */
  readonly pay: Call<'pay'>
  /** alipay.trade.precreate: a QR code for the buyer to scan. */
  readonly precreate: Call<'precreate'>
  /** alipay.trade.query: how a trade stands. */
  readonly query: Call<'query'>
  /** alipay.trade.cancel: undoes a payment whose outcome is unknown or overdue. */
  readonly cancel: Call<'cancel'>
  /** alipay.trade.close: closes a trade that waits for its buyer. */
  readonly close: Call<'close'>
  /** alipay.trade.refund: gives money back; repeat with the same `out_request_no` and amount while unknown. */
  readonly refund: Call<'refund'>
  /** alipay.trade.fastpay.refund.query: how a refund stands. */
  readonly refundQuery: Call<'refundQuery'>
  /** alipay.data.dataservice.bill.downloadurl.query: a link to a bill that lives for 30 seconds. */
  readonly billDownloadUrl: Call<'billDownloadUrl'>
  /** alipay.open.auth.token.app: gets or renews a merchant's token. The client's own token is not sent with it. */
  readonly appAuthToken: Call<'appAuthToken'>
  /** alipay.open.auth.token.app.query: what a merchant's token opens. The client's own token is not sent with it. */
  readonly appAuthTokenQuery: Call<'appAuthTokenQuery'>
  /** alipay.trade.order.settle: shares the money of a trade out. */
  readonly settle: Call<'settle'>
  /** monitor.heartbeat.syn: tells Alipay how a till is doing. */
  readonly heartbeat: Call<'heartbeat'>

  /**
   * Any other API. Its content is sent as it is, without checks.
   *
   * @param method - Alipay's name, such as `alipay.trade.create`
   * @param bizContent - left out: no `biz_content` is sent
   */
  execute<R extends Reply = Reply>(method: string, bizContent?: object, options?: CallOptions): Promise<R>

  /**
   * The same client acting for another merchant. Keys, connections and downloaded certificates are shared.
   *
   * @param merchantId - your name for the merchant, told to those who watch the channel `f2f:call`
   */
  withAuth(appAuthToken: string, merchantId?: string): Alipay

  /**
   * Verifies a notification over its raw bytes. Proves who sent it, not that it is about an order of ours: see
   * {@link Notification}.
   *
   * In certificate mode a notification signed with a certificate that no reply has shown yet is refused; nothing is
   * downloaded for a message of unproven origin, and Alipay sends genuine ones again.
   *
   * @param rawBody - the body as received, before any body parser
   * @throws F2fError `NOTIFY_MALFORMED`, `NOTIFY_DUPLICATE_KEY`, `NOTIFY_BAD_SIGNATURE`, `NOTIFY_BODY_PARSED`
   */
  verifyNotify(
    rawBody: Uint8Array | string,
    options?: { readonly contentType?: string | undefined },
  ): Promise<Notification>
}
