import type { Payment, Refund } from '@f2f/core'

const START = Date.UTC(2026, 0, 1)

/** A payment as it is first journalled. */
export const journalled = (outTradeNo: string, patch: Partial<Payment> = {}): Payment => ({
  outTradeNo,
  kind: 'barcode',
  status: 'paying',
  version: 1,
  totalAmount: '88.88',
  subject: 'Tea 🍵',
  body: undefined,
  storeId: undefined,
  terminalId: undefined,
  operatorId: undefined,
  sellerId: undefined,
  merchantId: undefined,
  maskedAuthCode: '28************3456',
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
  createdAt: new Date(START),
  updatedAt: new Date(START),
  settledAt: undefined,
  deadlineAt: new Date(START + 60_000),
  dueAt: new Date(START + 12_000),
  nextAt: new Date(START + 12_000),
  payUnknown: false,
  rechecks: 0,
  askFrom: 0,
  cancellation: undefined,
  refunds: [],
  reports: [],
  history: [{ at: new Date(START), status: 'paying', why: 'sent' }],
  ...patch,
})

/** The next version of a payment. */
export const next = (payment: Payment, patch: Partial<Payment>): Payment => ({
  ...payment,
  version: payment.version + 1,
  ...patch,
})

/** The next version, one status further. */
export const entered = (payment: Payment, status: Payment['status'], why: string): Payment =>
  next(payment, { status, history: [...payment.history, { at: new Date(START + payment.version), status, why }] })

export const refundOf = (outRequestNo: string, patch: Partial<Refund> = {}): Refund => ({
  outRequestNo,
  refundAmount: '1.00',
  reason: undefined,
  operatorId: undefined,
  status: 'pending',
  failure: undefined,
  problem: undefined,
  needsAttention: false,
  requestedAt: new Date(START),
  settledAt: undefined,
  attempts: 0,
  next: 'send',
  askFrom: 0,
  mayLandUntil: undefined,
  dueAt: new Date(START),
  ...patch,
})
