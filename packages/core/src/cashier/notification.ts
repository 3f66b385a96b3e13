import type { Alipay, Notification } from '../client/alipay.ts'
import { F2fError } from '../errors.ts'
import type { NotifyNews } from '../payment/event.ts'
import type { Payment } from '../payment/payment.ts'
import { notifyNews } from './outcomes.ts'

/**
 * The business checks of protocol §8.5 on a verified notification: our application, our amount, our seller.
 * (That the order is ours was checked by finding it.)
 *
 * @throws F2fError `NOTIFY_APP_MISMATCH`, `NOTIFY_AMOUNT_MISMATCH`, `NOTIFY_SELLER_MISMATCH`
 */
export const checkNotification = (
  notification: Notification,
  news: NotifyNews,
  payment: Payment,
  expected: Pick<Alipay, 'appId' | 'sellerId'>,
): void => {
  const { outTradeNo } = payment
  const details = { outTradeNo }
  if (notification.app_id !== expected.appId) {
    throw new F2fError('NOTIFY_APP_MISMATCH', `The notification for ${outTradeNo} names another application.`, {
      details,
    })
  }
  if (news.facts.totalAmount !== payment.totalAmount) {
    throw new F2fError('NOTIFY_AMOUNT_MISMATCH', `The notification for ${outTradeNo} names another amount.`, {
      details,
    })
  }
  const seller = payment.sellerId ?? expected.sellerId
  // A missing name is no match either: a forger can hide a member in its neighbour's value without breaking the signature.
  if (seller !== undefined && notification.seller_id !== seller) {
    throw new F2fError('NOTIFY_SELLER_MISMATCH', `The notification for ${outTradeNo} names another seller.`, {
      details,
    })
  }
}

/** The order number a verified notification is about. */
export const orderOf = (notification: Notification): string => {
  const outTradeNo = notification.out_trade_no
  if (typeof outTradeNo === 'string' && outTradeNo !== '') return outTradeNo
  throw new F2fError('NOTIFY_UNKNOWN_ORDER', 'The notification names no order number.')
}

export const newsOf = (notification: Notification): NotifyNews | undefined => notifyNews(notification)
