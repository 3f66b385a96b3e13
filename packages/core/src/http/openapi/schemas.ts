import { cancelFields, offerFields, refundFields, startFields } from '../bodies.ts'
import { fieldsSchema } from '../fields.ts'
import { PAGE, STATUSES } from '../list-query.ts'
import type { PaymentView, RefundView } from '../view.ts'

/** A JSON Schema, or a part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

export const text = (description?: string): Json => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
})
export const yes = (description: string): Json => ({ type: 'boolean', description })
export const yuan = (description?: string): Json => ({
  type: 'string',
  pattern: '^\\d{1,9}\\.\\d{2}$',
  description: description === undefined ? 'Yuan.' : `Yuan. ${description}`,
})
export const instant = (description?: string): Json => ({ ...text(description), format: 'date-time' })
export const words = (values: readonly string[], description?: string): Json => ({ ...text(description), enum: values })

/** An object with these members and no others. */
export const object = (properties: Readonly<Record<string, Json>>, optional: readonly string[] = []): Json => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

const failure = {
  code: text("Alipay's code such as 40004, or an error code of this API."),
  subCode: text("Alipay's sub_code, such as ACQ.BUYER_BALANCE_NOT_ENOUGH."),
  message: text(),
}

const refund: Readonly<Record<keyof RefundView, Json>> = {
  outRequestNo: text('Your number for the refund.'),
  refundAmount: yuan(),
  status: words(['pending', 'succeeded', 'failed']),
  reason: text(),
  operatorId: text(),
  failure: ref('Failure'),
  problem: ref('Hindrance'),
  needsAttention: yes('A person should look.'),
  requestedAt: instant(),
  settledAt: instant(),
}

const payment: Readonly<Record<keyof PaymentView, Json>> = {
  outTradeNo: text('Your number for the payment.'),
  kind: words(['barcode', 'qr']),
  status: words(STATUSES),
  settled: yes('True for paid, failed, closed and reversed.'),
  version: { type: 'integer', minimum: 1, description: 'Grows with every change.' },
  totalAmount: yuan(),
  refundedAmount: yuan('Given back for certain.'),
  refundableAmount: yuan('What a new refund may still ask for.'),
  subject: text(),
  body: text(),
  storeId: text(),
  terminalId: text(),
  operatorId: text(),
  merchantId: text(),
  maskedAuthCode: text("First two and last four characters of the customer's payment code."),
  qrCode: text('The text to show as a QR code.'),
  tradeNo: text("Alipay's number of the trade."),
  buyerLogonId: text('Masked by Alipay.'),
  receiptAmount: yuan('What the merchant receives.'),
  buyerPayAmount: yuan('What the buyer paid.'),
  paidAt: instant(),
  failure: ref('Failure'),
  problem: ref('Hindrance'),
  cancelReason: words(['deadline', 'requested', 'late', 'unoffered']),
  needsAttention: yes('A person should look.'),
  lateSuccess: yes('Money arrived after the payment had been settled as not paid.'),
  createdAt: instant(),
  updatedAt: instant(),
  deadlineAt: instant("When the buyer's time ends."),
  settledAt: instant(),
  refunds: { type: 'array', items: ref('Refund') },
}

const historyLine = {
  at: instant(),
  status: words(STATUSES, 'The status it entered.'),
  why: text('In words, with the deciding code in brackets where there is one.'),
}

const optionalRefund = ['reason', 'operatorId', 'failure', 'problem', 'settledAt']
const optionalPayment = [
  'body',
  'storeId',
  'terminalId',
  'operatorId',
  'merchantId',
  'maskedAuthCode',
  'qrCode',
  'tradeNo',
  'buyerLogonId',
  'receiptAmount',
  'buyerPayAmount',
  'paidAt',
  'failure',
  'problem',
  'cancelReason',
  'settledAt',
]

const problem = {
  type: { ...text(), format: 'uri' },
  title: text(),
  status: { type: 'integer', minimum: 400, maximum: 599 },
  code: text('One of the error codes of @f2f/core.'),
  detail: text(),
  retryable: yes('The same request may succeed later without being changed.'),
  moneyMayHaveMoved: yes('Look at the payment before doing anything else.'),
  field: text('The member, parameter or header that was refused.'),
}

const part = { status: words(['ok', 'failing']), code: text('An error code, when it is known.') }
const count: Json = { type: 'integer', minimum: 0, maximum: 100, description: 'Counted up to 100.' }

const health = {
  status: words(['ok', 'failing']),
  code: text('CASHIER_CLOSED: this back end is on its way down.'),
  store: object({ ...part, unfinished: count, needsAttention: count }, ['code', 'unfinished', 'needsAttention']),
  queue: {
    ...object(part, ['code']),
    additionalProperties: { type: 'integer', description: 'A count, as the queue gives it.' },
  },
  alipay: object({ lastVerifiedReplyAt: { type: ['string', 'null'], format: 'date-time' } }),
}

const page = {
  payments: { type: 'array', maxItems: PAGE.most, items: ref('Payment') },
  nextCursor: text('Give it as cursor for the next page; absent on the last.'),
}

/** `components.schemas` of the document. */
export const schemas: Readonly<Record<string, Json>> = {
  StartPayment: fieldsSchema(startFields),
  OfferPayment: fieldsSchema(offerFields),
  CancelPayment: fieldsSchema(cancelFields),
  RequestRefund: fieldsSchema(refundFields),
  Payment: object(payment, optionalPayment),
  PaymentDetail: object(
    { ...payment, history: { type: 'array', items: object(historyLine), description: 'The oldest first.' } },
    optionalPayment,
  ),
  PaymentPage: object(page, ['nextCursor']),
  Refund: object(refund, optionalRefund),
  Failure: object(failure, ['subCode']),
  Hindrance: {
    ...object({ ...failure, at: instant() }, ['subCode']),
    description: 'The last thing that kept us from knowing. It says nothing about the money.',
  },
  Health: object(health, ['code', 'queue', 'alipay']),
  Problem: object(problem, ['field']),
}
