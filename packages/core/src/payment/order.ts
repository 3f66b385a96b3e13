import { APIS, type ApiRequests, checkRequest } from '../api/index.ts'
import { maskAuthCode } from '../auth-code.ts'
import { nodeCrypto } from '../built-ins.ts'
import { F2fError } from '../errors.ts'
import { fen, yuan } from '../money.ts'
import type { Payment, PaymentKind } from './payment.ts'
import { outlastingMinutes, type Policy } from './policy.ts'

/** What both kinds of payment say. Amounts are decimal strings in yuan. */
export interface OrderBase {
  /** The merchant's number, unique for ever: 1–64 letters, digits or `_`. Never reuse one. */
  readonly outTradeNo: string
  /** Yuan, `'0.01'` to `'100000000.00'`, at most two decimals. */
  readonly totalAmount: string
  /** What is bought, at most 256 characters, none of `/ = &`. */
  readonly subject: string
  readonly body?: string | undefined
  readonly storeId?: string | undefined
  readonly terminalId?: string | undefined
  readonly operatorId?: string | undefined
  /** The payee (2088…), when it is not the contract's own account. Notifications must name it. */
  readonly sellerId?: string | undefined
  /** Which merchant's payment it is; needs the cashier's `merchants`. */
  readonly merchantId?: string | undefined
  /** Milliseconds the buyer has; default the policy's `payWithin`. */
  readonly payWithin?: number | undefined
}

/** A barcode payment: the till scanned the customer's code. */
export interface BarcodeOrder extends OrderBase {
  /** The scanned payment code. Sent once, never stored. */
  readonly authCode: string
  /** Further members of `alipay.trade.pay`, with wire names, such as `goods_detail`. */
  readonly extra?: Partial<ApiRequests['pay']> | undefined
}

/** A QR payment: the customer scans the till's code. */
export interface QrOrder extends OrderBase {
  /** Further members of `alipay.trade.precreate`, with wire names, such as `goods_detail`. */
  readonly extra?: Partial<ApiRequests['precreate']> | undefined
}

/** A checked order: the payment to journal and the content to send. */
export interface PreparedOrder<K extends 'pay' | 'precreate'> {
  readonly payment: Payment
  readonly content: ApiRequests[K]
}

const MINUTE = 60_000

/** Alipay closes the trade by itself should we disappear. */
const express = (payWithin: number): string => `${outlastingMinutes(payWithin)}m`

/** For JSON: the members of every object in one order. */
const inOrder = (_name: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the caller ordered, without what our policy added: a new policy does not turn a repeat into a conflict. */
const digest = (content: object): string => {
  const ordered = { ...content, timeout_express: undefined, qr_code_timeout_express: undefined }
  return nodeCrypto().hash('sha256', JSON.stringify(ordered, inOrder), 'base64url').slice(0, 22)
}

/** 20 bits of a digest: tell two payment codes apart, and are far too few to find the code again. */
const checkOf = (authCode: string): string => nodeCrypto().hash('sha256', authCode, 'hex').slice(0, 5)

const definedOnly = (content: object): object =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))

const commonContent = (order: OrderBase, payWithin: number, extra: object | undefined) => ({
  ...extra,
  ...definedOnly({
    body: order.body,
    store_id: order.storeId,
    terminal_id: order.terminalId,
    operator_id: order.operatorId,
    seller_id: order.sellerId,
  }),
  out_trade_no: order.outTradeNo,
  subject: order.subject,
  total_amount: order.totalAmount,
  timeout_express: express(payWithin),
})

const newPayment = (
  order: OrderBase,
  kind: PaymentKind,
  maskedAuthCode: string | undefined,
  payWithin: number,
  fingerprint: string,
  at: number,
): Payment => ({
  outTradeNo: order.outTradeNo,
  kind,
  status: 'created',
  version: 0,
  totalAmount: yuan(fen(order.totalAmount)),
  subject: order.subject,
  body: order.body,
  storeId: order.storeId,
  terminalId: order.terminalId,
  operatorId: order.operatorId,
  sellerId: order.sellerId,
  merchantId: order.merchantId,
  maskedAuthCode,
  fingerprint,
  qrCode: undefined,
  tradeNo: undefined,
  buyerLogonId: undefined,
  buyerUserId: undefined,
  receiptAmount: undefined,
  buyerPayAmount: undefined,
  paidAt: undefined,
  failure: undefined,
  problem: undefined,
  needsAttention: false,
  lateSuccess: false,
  createdAt: new Date(at),
  updatedAt: new Date(at),
  settledAt: undefined,
  deadlineAt: new Date(at + payWithin),
  dueAt: new Date(at),
  nextAt: new Date(at),
  payUnknown: false,
  rechecks: 0,
  askFrom: 0,
  cancellation: undefined,
  refunds: [],
  reports: [],
  history: [],
})

const checkedPayWithin = (order: OrderBase, policy: Policy): number => {
  const payWithin = order.payWithin ?? policy.payWithin
  if (Number.isFinite(payWithin) && payWithin > 0 && payWithin <= 15 * 24 * 60 * MINUTE - MINUTE) return payWithin
  throw new F2fError('REQUEST_INVALID', 'payWithin is not a duration.', {
    details: { field: 'payWithin', rule: 'milliseconds, more than 0, less than 15 days' },
  })
}

const checkObject = (order: unknown): void => {
  if (typeof order === 'object' && order !== null) return
  throw new F2fError('REQUEST_INVALID', 'The order is not an object.', { details: { field: 'order' } })
}

/**
 * Checks a barcode order and makes of it what is journalled and what is sent.
 *
 * @throws F2fError `REQUEST_INVALID`, naming the field and the rule
 */
export const prepareBarcode = (order: BarcodeOrder, policy: Policy, at: number): PreparedOrder<'pay'> => {
  checkObject(order)
  const payWithin = checkedPayWithin(order, policy)
  const content = {
    ...commonContent(order, payWithin, order.extra),
    scene: order.extra?.scene ?? 'bar_code',
    auth_code: order.authCode,
  } as ApiRequests['pay']
  checkRequest(APIS.pay, content)
  const total_amount = yuan(fen(order.totalAmount))
  const masked = maskAuthCode(order.authCode)
  const auth_code = `${masked} ${checkOf(order.authCode)}`
  const fingerprint = digest({ ...content, total_amount, auth_code, merchantId: order.merchantId })
  return {
    payment: newPayment(order, 'barcode', masked, payWithin, fingerprint, at),
    content: { ...content, total_amount },
  }
}

/**
 * Checks a QR order and makes of it what is journalled and what is sent.
 *
 * @throws F2fError `REQUEST_INVALID`, naming the field and the rule
 */
export const prepareQr = (order: QrOrder, policy: Policy, at: number): PreparedOrder<'precreate'> => {
  checkObject(order)
  const payWithin = checkedPayWithin(order, policy)
  const content = {
    ...commonContent(order, payWithin, order.extra),
    qr_code_timeout_express: express(payWithin),
  } as ApiRequests['precreate']
  checkRequest(APIS.precreate, content)
  const total_amount = yuan(fen(order.totalAmount))
  const fingerprint = digest({ ...content, total_amount, merchantId: order.merchantId })
  return {
    payment: newPayment(order, 'qr', undefined, payWithin, fingerprint, at),
    content: { ...content, total_amount },
  }
}
