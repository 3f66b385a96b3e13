import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBill } from '../../src/index.ts'
import { collect } from '../support/collect.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name)

describe('layouts that Alipay has used', () => {
  test('2012: movements of the account', async () => {
    const bill = readBill(fixture('account-2012.csv'), { type: 'signcustomer' })
    expect(await bill.head()).toEqual({
      type: 'signcustomer',
      account: '20888000000000120156',
      from: new Date('2012-12-29T00:00:00+08:00'),
      to: new Date('2012-12-30T00:00:00+08:00'),
    })
    const [first, , refund, ...others] = await collect(bill)
    expect(others).toEqual([])
    expect(first).toEqual({
      bill: 'signcustomer',
      line: 6,
      serialNo: '54632446000001',
      businessNo: '2012122900000001',
      outTradeNo: '3226001',
      subject: '北京飞上海机票',
      at: new Date('2012-12-29T21:02:06+08:00'),
      counterparty: '陈某 (chen***@example.com)',
      income: 227400,
      expense: 0,
      balance: 1453303,
      channel: '支付宝',
      businessType: '在线支付',
      remark: '',
      extra: {},
    })
    expect(refund).toMatchObject({ businessType: '交易退款', income: 0, expense: 7400 })
  })

  test('2017: payments with a summary that comes first in the archive', async () => {
    const bill = readBill(fixture('trade-2017.csv.zip'), { type: 'trade' })
    expect(await bill.head()).toMatchObject({ type: 'trade', account: '20882000000000170156' })
    const rows = await collect(bill)
    expect(rows.map(({ outTradeNo, kind, orderAmount }) => [outTradeNo, kind, orderAmount])).toEqual([
      ['cd6ece976b514130977cb06048350001', 'payment', 2000],
      ['02d2e6d6cf524395b8799b5d97d50002', 'payment', 2000],
    ])
    expect(rows[0]?.remark).toBe('挂号费 10:30-11:00 订单编号：71670001')
    expect(await bill.summary()).toMatchObject([
      { isTotal: false, storeId: '', payments: 2, refunds: 0, receiptAmount: 4000 },
      { isTotal: true, payments: 2, netAmount: 4000 },
    ])
  })

  test('2019: a payment with discounts and its refund', async () => {
    const [payment, refund] = await collect(readBill(fixture('trade-2019.csv.zip'), { type: 'trade' }))
    expect(payment).toEqual({
      bill: 'trade',
      kind: 'payment',
      line: 6,
      tradeNo: '2019091622001458860000000001',
      outTradeNo: 'service_1568600000001',
      businessType: '交易',
      subject: '下单测试',
      createdAt: new Date('2019-09-16T10:55:16+08:00'),
      finishedAt: new Date('2019-09-16T10:55:23+08:00'),
      storeId: 'alipay_store',
      storeName: 'alipay_store',
      operatorId: 'alipay',
      terminalId: '',
      counterparty: '*津水(602***@example.com)',
      orderAmount: 1234,
      receiptAmount: 1200,
      alipayRedPacket: 10,
      jifenbao: 0,
      alipayDiscount: 20,
      merchantDiscount: 34,
      couponAmount: 0,
      couponName: '',
      merchantRedPacket: 0,
      cardAmount: 0,
      outRequestNo: '',
      serviceFee: -7,
      royalty: -1,
      remark: '下单测试',
      extra: {},
    })
    expect(refund).toMatchObject({
      kind: 'refund',
      outRequestNo: 're_test_1568600000002',
      orderAmount: -234,
      serviceFee: 1,
      createdAt: payment?.createdAt,
      finishedAt: new Date('2019-09-16T10:56:48+08:00'),
    })
  })

  test('29 columns, line feeds only, a refund without its minus sign', async () => {
    const [payment, refund] = await collect(readBill(fixture('trade-29-columns.csv'), { type: 'trade' }))
    expect(payment).toMatchObject({
      tradeNo: 'ali_order1',
      orderAmount: 29500,
      serviceFee: -59,
      extra: {
        '实收净额（元）': '294.41',
        商户识别号: '2088100000000038',
        交易方式: '无线支付',
        花呗分期手续费: '0.00',
        花呗分期数: '0',
      },
    })
    expect(refund).toMatchObject({ kind: 'refund', orderAmount: -9500, receiptAmount: -9500, outRequestNo: 'batch1' })
  })

  test('saved again with trailing commas, columns in another order, empty amounts, another form of time', async () => {
    const rows = await collect(readBill(fixture('account-trailing-commas.csv'), { type: 'signcustomer' }))
    expect(rows).toMatchObject([
      { serialNo: '202605080001', income: 8800, expense: 0, balance: 10000, extra: { 业务基础订单号: 'BASE-1' } },
      { serialNo: '202605080002', income: 0, expense: 800, at: new Date('2026-05-08T10:30:00+08:00') },
    ])
  })
})
