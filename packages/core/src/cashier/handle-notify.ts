import type { Alipay, Notification } from '../client/alipay.ts'
import type { Clock } from '../clock.ts'
import { diagnosticChannels, type Trace, traced } from '../diagnostics/channels.ts'
import type { NotificationMessage } from '../diagnostics/messages.ts'
import { F2fError, isF2fError } from '../errors.ts'
import type { Payment } from '../payment/payment.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import type { Driver } from './driver.ts'
import type { MerchantClients } from './merchants.ts'
import { checkNotification, newsOf, orderOf } from './notification.ts'

/** What to answer Alipay, and why. */
export interface NotifyResult {
  /** The exact body of the HTTP answer. */
  readonly reply: 'success' | 'fail'
  /** The payment after the notification, when it is one of ours. */
  readonly payment: Payment | undefined
  /** Why the reply is `fail`. */
  readonly error: F2fError | undefined
}

export type HandleNotify = (
  rawBody: Uint8Array | string,
  options?: { readonly contentType?: string | undefined },
) => Promise<NotifyResult>

export interface NotifyTools {
  readonly alipay: Alipay
  readonly clock: Clock
  readonly store: PaymentStore
  readonly driver: Driver
  readonly merchants: MerchantClients
}

interface Handled {
  readonly result: NotifyResult
  /** Once it is verified. */
  readonly notification: Notification | undefined
}

const handledTrace = (clock: Clock): Trace<NotificationMessage, Handled> => ({
  channel: diagnosticChannels().notification,
  clock,
  facts: () => ({}),
  resultOf: ({ result: { reply, error }, notification }) => ({
    reply,
    code: error?.code,
    outTradeNo: notification?.out_trade_no,
    tradeStatus: notification?.trade_status,
  }),
})

/** Writes what a verified notification says into the books. */
const note = async (
  { clock, store, driver, merchants }: NotifyTools,
  notification: Notification,
  found: (payment: Payment) => void,
): Promise<Payment> => {
  const outTradeNo = orderOf(notification)
  const payment = await store.find(outTradeNo)
  if (payment === undefined) {
    throw new F2fError('NOTIFY_UNKNOWN_ORDER', `There is no payment ${outTradeNo}.`, { details: { outTradeNo } })
  }
  found(payment)
  const news = newsOf(notification)
  if (news === undefined) return payment
  checkNotification(notification, news, payment, await merchants.expected(payment.merchantId))
  const noted = await driver.commit(outTradeNo, { type: 'notify', news, at: clock.now() }, payment)
  if (noted.effects.length > 0) {
    driver.background(outTradeNo, () => driver.carryOut(noted.payment, noted.effects))
  }
  return noted.payment
}

/** Takes Alipay's notifications; resolves when what they say is durable. */
export const notifyTaker = (tools: NotifyTools): HandleNotify => {
  const handle = async (...[rawBody, options = {}]: Parameters<HandleNotify>): Promise<Handled> => {
    let notification: Notification | undefined
    let payment: Payment | undefined
    try {
      notification = await tools.alipay.verifyNotify(rawBody, options)
      const noted = await note(tools, notification, (found) => {
        payment = found
      })
      return { result: { reply: 'success', payment: noted, error: undefined }, notification }
    } catch (error) {
      if (!isF2fError(error)) throw error
      return { result: { reply: 'fail', payment, error }, notification }
    }
  }
  const trace = handledTrace(tools.clock)
  return async (...given) => (await traced(trace, () => handle(...given))).result
}
