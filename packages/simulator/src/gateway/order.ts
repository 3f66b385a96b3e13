import { Refusal } from '../ledger/refusal.ts'
import { absoluteLimit, DEFAULT_TIMEOUT, relativeLimit } from '../ledger/time-limit.ts'
import type { Order } from '../ledger/trade.ts'
import { type BizContent, optionalText, present, requiredAmount, requiredText } from './biz-content.ts'
import type { Call } from './call.ts'

const OUT_TRADE_NO = /^[A-Za-z0-9_]+$/
const FORBIDDEN_IN_SUBJECT = /[/=&]/

/**
 * The order in a pay or precreate call (protocol §6.1).
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` or `ACQ.TOTAL_FEE_EXCEED`
 */
export const readOrder = ({ app, merchant, biz, notify }: Call): Order => ({
  outTradeNo: matching(biz, 'out_trade_no', 64, (text) => OUT_TRADE_NO.test(text)),
  subject: matching(biz, 'subject', 256, (text) => !FORBIDDEN_IN_SUBJECT.test(text)),
  total: requiredAmount(biz, 'total_amount'),
  sellerId: merchant.userId,
  appId: app.appId,
  authAppId: merchant.authAppId,
  ...present({
    body: optionalText(biz, 'body', 128),
    storeId: optionalText(biz, 'store_id', 32),
    operatorId: optionalText(biz, 'operator_id', 28),
    terminalId: optionalText(biz, 'terminal_id', 32),
    passbackParams: optionalText(biz, 'passback_params', 512),
    notify,
  }),
})

const matching = (biz: BizContent, field: string, max: number, isRight: (text: string) => boolean): string => {
  const text = requiredText(biz, field, max)
  if (!isRight(text)) throw new Refusal('ACQ.INVALID_PARAMETER', field)
  return text
}

/**
 * When an unpaid trade of this order closes, counted from the moment the trade exists. An absolute `time_expire` wins
 * over `timeout_express`; without either it is three hours.
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` or `ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR`
 */
export const readExpiry = (biz: BizContent, at: number): ((from: number) => number) => {
  const absolute = optionalText(biz, 'time_expire', 32)
  if (absolute !== undefined) {
    const instant = absoluteLimit(absolute, at)
    return () => instant
  }
  const relative = optionalText(biz, 'timeout_express', 6) ?? DEFAULT_TIMEOUT
  relativeLimit(relative, at)
  return (from) => relativeLimit(relative, from)
}
