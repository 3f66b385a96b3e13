import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cursorOf, readCursor } from '../../src/http/cursor.ts'
import { paymentDetailView, paymentView, problemView } from '../../src/http/index.ts'
import { F2fError, type Payment } from '../../src/index.ts'
import { simulatedShop } from './shop.ts'

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms)
const failure = { code: '40004', subCode: 'ACQ.X', message: 'no' }

/** A payment with everything a payment can have. */
const everything = async (): Promise<Payment> => ({
  ...(await simulatedShop()).payment,
  outTradeNo: 'T1',
  status: 'paid',
  version: 7,
  totalAmount: '10.00',
  body: 'two cups',
  storeId: 'S1',
  terminalId: 'T9',
  operatorId: 'O1',
  sellerId: '2088000000000000',
  merchantId: 'M1',
  fingerprint: 'FINGERPRINT',
  qrCode: 'https://qr.alipay.com/x',
  tradeNo: '2026T',
  buyerLogonId: '159****5620',
  buyerUserId: '2088USER',
  receiptAmount: '9.99',
  buyerPayAmount: '9.98',
  paidAt: at(1_000),
  failure,
  problem: { ...failure, at: at(2_000) },
  needsAttention: true,
  lateSuccess: true,
  createdAt: at(0),
  updatedAt: at(3_000),
  settledAt: at(4_000),
  deadlineAt: at(60_000),
  cancellation: { reason: 'late', startedAt: at(5_000), attempts: 3, next: 'cancel' },
  refunds: [
    {
      outRequestNo: 'R1',
      refundAmount: '1.00',
      reason: 'cold',
      operatorId: 'O2',
      status: 'succeeded',
      failure: undefined,
      problem: undefined,
      needsAttention: false,
      requestedAt: at(6_000),
      settledAt: at(7_000),
      attempts: 1,
      askFrom: 0,
      mayLandUntil: undefined,
      next: undefined,
      dueAt: undefined,
    },
    {
      outRequestNo: 'R2',
      refundAmount: '2.00',
      reason: undefined,
      operatorId: undefined,
      status: 'pending',
      failure,
      problem: { ...failure, at: at(8_000) },
      needsAttention: true,
      requestedAt: at(8_000),
      settledAt: undefined,
      attempts: 4,
      askFrom: 8,
      mayLandUntil: at(9_000),
      next: 'ask',
      dueAt: at(9_000),
    },
  ],
})

describe('the view of a payment', () => {
  test('shows what a till may know, with instants and yuan as text', async () => {
    expect(JSON.parse(JSON.stringify(paymentView(await everything())))).toEqual({
      outTradeNo: 'T1',
      kind: 'barcode',
      status: 'paid',
      settled: true,
      version: 7,
      totalAmount: '10.00',
      refundedAmount: '1.00',
      refundableAmount: '7.00',
      subject: 'tea',
      body: 'two cups',
      storeId: 'S1',
      terminalId: 'T9',
      operatorId: 'O1',
      merchantId: 'M1',
      maskedAuthCode: '28************3456',
      qrCode: 'https://qr.alipay.com/x',
      tradeNo: '2026T',
      buyerLogonId: '159****5620',
      receiptAmount: '9.99',
      buyerPayAmount: '9.98',
      paidAt: '2026-01-01T00:00:01.000Z',
      failure,
      problem: { ...failure, at: '2026-01-01T00:00:02.000Z' },
      cancelReason: 'late',
      needsAttention: true,
      lateSuccess: true,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:03.000Z',
      deadlineAt: '2026-01-01T00:01:00.000Z',
      settledAt: '2026-01-01T00:00:04.000Z',
      refunds: [
        {
          outRequestNo: 'R1',
          refundAmount: '1.00',
          status: 'succeeded',
          reason: 'cold',
          operatorId: 'O2',
          needsAttention: false,
          requestedAt: '2026-01-01T00:00:06.000Z',
          settledAt: '2026-01-01T00:00:07.000Z',
        },
        {
          outRequestNo: 'R2',
          refundAmount: '2.00',
          status: 'pending',
          problem: { ...failure, at: '2026-01-01T00:00:08.000Z' },
          needsAttention: true,
          requestedAt: '2026-01-01T00:00:08.000Z',
        },
      ],
    })
  })
})

describe('a problem', () => {
  test('says what to do, names the field as this API does, and holds nothing else', () => {
    const details = { method: 'alipay.trade.refund', field: 'refund_reason', rule: 'must be short', secret: 'x' }
    const cause = new Error('hunter2')
    const error = new F2fError('REQUEST_INVALID', 'alipay.trade.refund was refused.', { details, cause })
    expect(problemView(error)).toEqual({
      type: 'urn:f2f:error:REQUEST_INVALID',
      title: 'Request invalid',
      status: 400,
      code: 'REQUEST_INVALID',
      detail: 'reason must be short. Nothing was sent, no money moved. Correct the field and call again.',
      retryable: false,
      moneyMayHaveMoved: false,
      field: 'reason',
    })
  })
})

describe('a cursor', () => {
  test('says where a page ended', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), noInvalidDate: true }),
        fc.stringMatching(/^\w{1,64}$/),
        (createdAt, outTradeNo) => {
          const cursor = cursorOf({ createdAt, outTradeNo })
          expect(cursor).toMatch(/^[\w-]+$/)
          expect(readCursor(cursor)).toEqual({ createdAt, outTradeNo })
        },
      ),
    )
  })

  test('that is none is refused', () => {
    for (const text of [
      '',
      'x',
      cursorOf({ createdAt: new Date(0), outTradeNo: '' }),
      Buffer.from('1.a b').toString('base64url'),
    ]) {
      expect(() => readCursor(text)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
    }
  })
})

test('the history of a payment is shown with its details only', async () => {
  const payment = {
    ...(await everything()),
    history: [{ at: at(1_000), status: 'paid', why: 'a query found it paid' }],
  }
  const view = paymentView(payment as Payment)
  expect(view).not.toHaveProperty('history')
  expect(paymentDetailView(payment as Payment)).toEqual({
    ...view,
    history: [{ at: '2026-01-01T00:00:01.000Z', status: 'paid', why: 'a query found it paid' }],
  })
})
