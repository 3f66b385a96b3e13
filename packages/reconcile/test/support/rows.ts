import type { Payment, PaymentStore } from '@f2f/core'
import type { OurRow, TradeRow } from '../../src/index.ts'

/** A moment of 2026-01-01 in Beijing, or of another day. */
export const moment = (time: string, day = '2026-01-01'): Date => new Date(`${day}T${time}+08:00`)

/** A row of a trade bill. */
export const tradeRow = (changes: Partial<TradeRow> = {}): TradeRow => {
  const orderAmount = changes.orderAmount ?? 1000
  return {
    bill: 'trade',
    kind: 'payment',
    line: 6,
    tradeNo: `trade-${changes.outTradeNo ?? 'T1'}`,
    outTradeNo: 'T1',
    businessType: '交易',
    subject: '咖啡',
    createdAt: undefined,
    finishedAt: moment('10:00:00'),
    storeId: 'S1',
    storeName: '',
    operatorId: '',
    terminalId: '',
    counterparty: '',
    orderAmount,
    receiptAmount: orderAmount,
    alipayRedPacket: 0,
    jifenbao: 0,
    alipayDiscount: 0,
    merchantDiscount: 0,
    couponAmount: 0,
    couponName: '',
    merchantRedPacket: 0,
    cardAmount: 0,
    outRequestNo: '',
    serviceFee: 0,
    royalty: 0,
    remark: '',
    extra: {},
    ...changes,
  }
}

export const refundRow = (changes: Partial<TradeRow> = {}): TradeRow =>
  tradeRow({ kind: 'refund', businessType: '退款', outRequestNo: 'R1', orderAmount: -300, ...changes })

export const ourPayment = (changes: Partial<OurRow> = {}): OurRow => ({
  kind: 'payment',
  outTradeNo: 'T1',
  amount: 1000,
  at: moment('10:00:00'),
  ...changes,
})

export const ourRefund = (changes: Partial<OurRow> = {}): OurRow => ({
  kind: 'refund',
  outTradeNo: 'T1',
  outRequestNo: 'R1',
  amount: 300,
  at: moment('10:00:00'),
  ...changes,
})

/** A store that holds these payments, whatever was asked to be changed. */
export const storeOf = (payments: readonly Payment[]): PaymentStore => ({
  insert: async (payment) => ({ inserted: false, payment }),
  replace: async () => false,
  due: async () => [],
  find: async (outTradeNo) => payments.find((payment) => payment.outTradeNo === outTradeNo),
  async *list({ from, to, merchantId } = {}) {
    for (const payment of payments) {
      const { createdAt } = payment
      const isMeant = merchantId === undefined || payment.merchantId === merchantId
      if (isMeant && (from === undefined || createdAt >= from) && (to === undefined || createdAt < to)) yield payment
    }
  },
})
