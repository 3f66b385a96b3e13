import { describe, expect, test } from 'vitest'
import {
  type BarcodeOrder,
  completePolicy,
  DEFAULT_POLICY,
  F2fError,
  type Payment,
  prepareBarcode,
  prepareQr,
  type QrOrder,
} from '../../src/index.ts'

const AT = Date.UTC(2026, 2, 29, 1, 2, 3)
const CODE = '28763443825664394'
const ORDER: BarcodeOrder = { outTradeNo: 'T_1', totalAmount: '88.88', subject: '茶', authCode: CODE }
const { authCode: _, ...QR_ORDER } = ORDER

type Loose = Record<string, unknown>
const barcode = (over: Loose = {}, policy = DEFAULT_POLICY) =>
  prepareBarcode({ ...ORDER, ...over } as BarcodeOrder, policy, AT)
const qr = (over: Loose = {}, policy = DEFAULT_POLICY) => prepareQr({ ...QR_ORDER, ...over } as QrOrder, policy, AT)

const refusal = (work: () => unknown): F2fError => {
  try {
    work()
  } catch (error) {
    if (error instanceof F2fError) return error
    throw error
  }
  throw new Error('not refused')
}

const BAD: readonly (readonly [field: string, member: string, values: readonly unknown[]])[] = [
  [
    'total_amount',
    'totalAmount',
    ['0', '0.00', '-1', '1.001', '1e2', 'abc', '100000000.01', '', ' 1', 1, 88.88, null, undefined],
  ],
  ['out_trade_no', 'outTradeNo', ['', 'T'.repeat(65), 'T-1', 'T 1', 'T1\n', '单', 'T/1', 7, null, undefined]],
  [
    'subject',
    'subject',
    ['', 'a/b', 'a=b', 'a&b', 'x'.repeat(257), '茶'.repeat(257), 'x'.repeat(1_000_000), 7, null, undefined],
  ],
  ['body', 'body', ['x'.repeat(401), 7, null]],
  ['store_id', 'storeId', ['x'.repeat(33), 7, null]],
  ['terminal_id', 'terminalId', ['x'.repeat(33), 7]],
  ['operator_id', 'operatorId', ['x'.repeat(29), 7]],
  ['seller_id', 'sellerId', ['x'.repeat(65), 7]],
  ['payWithin', 'payWithin', [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '60000', {}, 15 * 86_400_000]],
]

describe('a bad order is refused before anything else, naming the field', () => {
  const table = BAD.flatMap(([field, member, values]) =>
    values.map((value) => [member, String(value).slice(0, 20), field, value] as const),
  )

  test.each(table)('%s %j', (member, __, field, value) => {
    for (const prepare of [barcode, qr]) {
      const error = refusal(() => prepare({ [member]: value }))
      expect(error).toMatchObject({ code: 'REQUEST_INVALID', details: { field }, moneyMayHaveMoved: false })
      expect(String(error.details.rule).length).toBeGreaterThan(5)
      if (typeof value === 'string' && value.length > 20) expect(error.message).not.toContain(value)
    }
  })

  test.each([
    ['a WeChat code', '134567890123456789', 'WeChat'],
    ['a UnionPay code', '6234567890123456789', 'UnionPay'],
    ['a code with blanks', ' 28763443825664394', 'blanks'],
    ['a code with blanks inside', '2876 3443 8256 6439 4', 'blanks'],
    ['a code with a line end', '28763443825664394\n', 'blanks'],
    ['a web address', 'https://qr.alipay.com/x', 'no payment code'],
    ['a barcode of goods', '6901234567892', 'no payment code'],
    ['no code', '', 'no payment code'],
    ['a number', 2876344382566439, 'string'],
    ['nothing', undefined, 'required'],
    ['null', null, 'null'],
  ])('the payment code: %s', (__, authCode, word) => {
    const error = refusal(() => barcode({ authCode }))
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', details: { field: 'auth_code' } })
    expect(error.details.rule).toContain(word)
    if (typeof authCode === 'string' && authCode !== '') expect(inspectable(error)).not.toContain(authCode.trim())
  })

  test.each([null, undefined, 'T1', 7])('an order that is %o', (order) => {
    for (const prepare of [prepareBarcode, prepareQr]) {
      const error = refusal(() => prepare(order as never, DEFAULT_POLICY, AT))
      expect(error).toMatchObject({ code: 'REQUEST_INVALID', details: { field: 'order' } })
    }
  })

  test('further members are held to their rules too', () => {
    const error = refusal(() => barcode({ extra: { goods_detail: [{ goods_id: 'x' }] } }))
    expect(error.details.field).toBe('goods_detail[0].goods_name')
  })
})

const inspectable = (error: F2fError): string => `${error.message} ${JSON.stringify(error)} ${error.stack}`

describe('what is sent', () => {
  test('is the order in Alipay’s words, and nothing that was not ordered', () => {
    expect(barcode().content).toEqual({
      out_trade_no: 'T_1',
      subject: '茶',
      total_amount: '88.88',
      scene: 'bar_code',
      auth_code: CODE,
      timeout_express: '2m',
    })
    expect(qr().content).toEqual({
      out_trade_no: 'T_1',
      subject: '茶',
      total_amount: '88.88',
      timeout_express: '2m',
      qr_code_timeout_express: '2m',
    })
  })

  test('carries all the members an order has, and further ones by their wire names', () => {
    const over = {
      body: 'two cups',
      storeId: 'S1',
      terminalId: 'K1',
      operatorId: 'O1',
      sellerId: '2088',
      extra: { goods_detail: [] },
    }
    const members = {
      body: 'two cups',
      store_id: 'S1',
      terminal_id: 'K1',
      operator_id: 'O1',
      seller_id: '2088',
      goods_detail: [],
    }
    expect(barcode(over).content).toMatchObject(members)
    expect(qr(over).content).toMatchObject(members)
  })

  test('does not let further members change what was ordered', () => {
    const extra = { out_trade_no: 'OTHER', total_amount: '0.01', auth_code: '2', subject: 'x', timeout_express: '15d' }
    expect(barcode({ extra: { ...extra, scene: 'security_code' } }).content).toEqual({
      ...barcode().content,
      scene: 'security_code',
    })
  })

  test('writes the amount in full', () => {
    expect(barcode({ totalAmount: '1' }).content.total_amount).toBe('1.00')
    expect(qr({ totalAmount: '88.8' }).content.total_amount).toBe('88.80')
  })

  test.each([
    [1, '2m'],
    [60_000, '2m'],
    [60_001, '3m'],
    [600_000, '11m'],
    [15 * 86_400_000 - 60_000, '21600m'],
  ])('lets Alipay close the trade after us when the buyer has %d ms', (payWithin, express) => {
    for (const { payment, content } of [
      barcode({ payWithin }),
      barcode({}, completePolicy({ payWithin })),
      qr({ payWithin }),
    ]) {
      expect(content.timeout_express).toBe(express)
      expect(payment.deadlineAt.getTime()).toBe(AT + payWithin)
      expect(Number.parseInt(express, 10) * 60_000).toBeGreaterThanOrEqual(payWithin + 60_000)
    }
  })
})

describe('what is journalled', () => {
  test('is a payment that is due at once and knows nothing yet', () => {
    const { payment } = barcode({ merchantId: 'M1', storeId: 'S1', totalAmount: '88.8' })
    expect(payment).toMatchObject({
      outTradeNo: 'T_1',
      kind: 'barcode',
      status: 'created',
      version: 0,
      totalAmount: '88.80',
      merchantId: 'M1',
      storeId: 'S1',
      maskedAuthCode: '28***********4394',
      createdAt: new Date(AT),
      dueAt: new Date(AT),
      nextAt: new Date(AT),
      tradeNo: undefined,
      refunds: [],
      reports: [],
      history: [],
    })
    expect(qr().payment).toMatchObject({ kind: 'qr', maskedAuthCode: undefined, qrCode: undefined })
  })

  test('never holds the payment code', () => {
    const codes = [CODE, '301234567890123456789012', `fp${'a1B2_'.repeat(6)}xyz`]
    for (const authCode of codes) {
      const { payment } = barcode({ authCode })
      expect(JSON.stringify(payment)).not.toContain(authCode)
      expect(JSON.stringify(payment)).not.toContain(authCode.slice(3, -5))
    }
  })
})

describe('the fingerprint', () => {
  const base = {
    storeId: 'S1',
    extra: { goods_detail: [{ goods_id: 'g', goods_name: 'n', quantity: 1, price: '1.00' }] },
  }
  const print = (prepared: { readonly payment: Payment }) => prepared.payment.fingerprint

  test('stays what it was: payments in the books are compared by it', () => {
    expect([print(barcode(base)), print(qr(base))]).toEqual(['_1U-B86gkE4bMRAi5DjxDm', 'avMyxYbaZ9Vg7XmX8bOWz8'])
  })

  test.each<[string, Loose]>([
    ['the same order again', {}],
    ['members that are undefined', { body: undefined, terminalId: undefined }],
    ['another time to pay', { payWithin: 120_000 }],
    [
      'nested members in another order',
      { extra: { goods_detail: [{ price: '1.00', quantity: 1, goods_name: 'n', goods_id: 'g' }] } },
    ],
  ])('is the same for %s', (__, over) => {
    expect(print(barcode({ ...base, ...over }))).toBe(print(barcode(base)))
    expect(print(qr({ ...base, ...over }))).toBe(print(qr(base)))
  })

  test('is the same at another time, under another policy, and for an amount written in full', () => {
    const later = prepareBarcode(ORDER, completePolicy({ payWithin: 600_000 }), AT + 5_000)
    expect(print(later)).toBe(print(barcode()))
    expect(print(barcode({ totalAmount: '5' }))).toBe(print(barcode({ totalAmount: '5.00' })))
  })

  test.each<[string, Loose]>([
    ['another number', { outTradeNo: 'T_2' }],
    ['another amount', { totalAmount: '88.89' }],
    ['another subject', { subject: '咖啡' }],
    ['another store', { storeId: 'S2' }],
    ['no store', { storeId: undefined }],
    ['another till', { terminalId: 'K2' }],
    ['another operator', { operatorId: 'O2' }],
    ['another payee', { sellerId: '2088102146225135' }],
    ['another merchant', { merchantId: 'M2' }],
    ['a body', { body: 'two cups' }],
    ['other goods', { extra: { goods_detail: [{ goods_id: 'h', goods_name: 'n', quantity: 1, price: '1.00' }] } }],
    ['one line of goods more', { extra: { goods_detail: [...base.extra.goods_detail, ...base.extra.goods_detail] } }],
  ])('differs for %s', (__, over) => {
    expect(print(barcode({ ...base, ...over }))).not.toBe(print(barcode(base)))
    expect(print(qr({ ...base, ...over }))).not.toBe(print(qr(base)))
  })

  test('differs for another customer’s code, and between a barcode and a QR order', () => {
    expect(print(barcode({ authCode: '28763443825664395' }))).not.toBe(print(barcode()))
    expect(print(qr())).not.toBe(print(barcode()))
  })

  test('tells nothing of what was ordered', () => {
    expect(print(barcode())).toMatch(/^[\w-]{22}$/)
  })
})
