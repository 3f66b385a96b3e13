import type { HistoryEntry, Payment, Refund } from '../payment/payment.ts'

/** An instant `ms` milliseconds into the day all examples live in. */
export const at = (ms: number): Date => new Date(Date.UTC(2026, 2, 29, 1, 2, 3, 0) + ms)

/** A payment as it is first journalled: everything optional is absent. */
export const newPayment = (outTradeNo: string, patch: Partial<Payment> = {}): Payment => ({
  outTradeNo,
  kind: 'barcode',
  status: 'paying',
  version: 1,
  totalAmount: '88.88',
  subject: 'Tea',
  body: undefined,
  storeId: undefined,
  terminalId: undefined,
  operatorId: undefined,
  sellerId: undefined,
  merchantId: undefined,
  maskedAuthCode: undefined,
  fingerprint: 'Zm9vYmFyYmF6cXV4cXV1eA',
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
  createdAt: at(0),
  updatedAt: at(0),
  settledAt: undefined,
  deadlineAt: at(60_000),
  dueAt: at(12_000),
  nextAt: at(12_000),
  payUnknown: false,
  rechecks: 0,
  askFrom: 0,
  cancellation: undefined,
  refunds: [],
  reports: [],
  history: [{ at: at(0), status: 'paying', why: 'sent' }],
  ...patch,
})

/** `before` after one change: the next version, changed at `ms`. */
export const changed = (before: Payment, patch: Partial<Payment>, ms = before.version * 1_000): Payment => ({
  ...before,
  version: before.version + 1,
  updatedAt: at(ms),
  ...patch,
})

/** `before` one status further, with the line this adds to its history. */
export const entered = (before: Payment, status: Payment['status'], why: string): Payment => {
  const entry: HistoryEntry = { at: at(before.version * 1_000), status, why }
  return changed(before, { status, history: [...before.history, entry] })
}

export const newRefund = (outRequestNo: string, patch: Partial<Refund> = {}): Required<Refund> => ({
  outRequestNo,
  refundAmount: '0.01',
  reason: undefined,
  operatorId: undefined,
  status: 'pending',
  failure: undefined,
  problem: undefined,
  needsAttention: false,
  requestedAt: at(3_600_000),
  settledAt: undefined,
  attempts: 0,
  next: 'send',
  askFrom: 0,
  mayLandUntil: at(3_900_000),
  dueAt: at(3_612_000),
  ...patch,
})

const failure = { code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH', message: '买家余额不足' }
const problem = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: 'The call "timed out".', at: at(4_321) }

const FULL_REFUNDS: readonly Required<Refund>[] = [
  newRefund('R_1'),
  newRefund('R_2', {
    refundAmount: '10.10',
    reason: '顾客退货 🍵',
    operatorId: 'op-7',
    status: 'failed',
    failure,
    settledAt: at(3_700_001),
    mayLandUntil: undefined,
    next: undefined,
    dueAt: undefined,
  }),
  newRefund('R_3', {
    status: 'pending',
    failure,
    problem,
    needsAttention: true,
    attempts: 7,
    next: 'ask',
    mayLandUntil: at(3_900_001),
  }),
  newRefund('R_4', { status: 'succeeded', settledAt: at(3_700_999), next: undefined, dueAt: undefined }),
]

/** A payment with something in every field; `Required` makes a field added to `Payment` show up here. */
export const fullPayment = (outTradeNo: string): Required<Payment> => ({
  outTradeNo,
  kind: 'qr',
  status: 'cancelling',
  version: 41,
  totalAmount: '100000000.00',
  subject: '星巴克咖啡 ☕️ 大杯',
  body: 'Two lines,\nthe second with "quotes", \\ and a tab\t.',
  storeId: 'SH_0001',
  terminalId: 'T-01',
  operatorId: 'op-7',
  sellerId: '2088102146225135',
  merchantId: 'merchant/一',
  maskedAuthCode: '28************3456',
  fingerprint: 'a-_9vYmFyYmF6cXV4cXV1e',
  qrCode: 'https://qr.alipay.com/bax03431ljhokirwl38f00a7',
  tradeNo: '2026032922001425030501234567',
  buyerLogonId: '159****5620',
  buyerUserId: '2088102146225135',
  receiptAmount: '99999999.99',
  buyerPayAmount: '0.01',
  paidAt: at(7_777),
  failure,
  problem,
  needsAttention: true,
  lateSuccess: true,
  createdAt: at(1),
  updatedAt: at(2),
  settledAt: at(3),
  deadlineAt: at(4),
  dueAt: at(5),
  nextAt: at(6),
  payUnknown: true,
  rechecks: 2,
  askFrom: 40,
  cancellation: { reason: 'late', startedAt: at(8_000), attempts: 3, next: 'ask' },
  refunds: FULL_REFUNDS,
  reports: [
    { id: 3, kind: 'settled', outRequestNo: undefined, attempts: 2, dueAt: at(9_001) },
    { id: 4, kind: 'refund', outRequestNo: 'R_4', attempts: 0, dueAt: at(9_002) },
  ],
  history: [
    { at: at(0), status: 'created', why: 'journalled' },
    { at: at(0), status: 'paying', why: 'sent' },
    { at: at(5_000), status: 'confirming', why: '系统繁忙' },
    { at: at(8_000), status: 'cancelling', why: 'late' },
  ],
})
