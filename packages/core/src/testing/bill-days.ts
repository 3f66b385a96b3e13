import type { ReconciledDay, ReconciliationDesk } from '../http/index.ts'
import type { HttpBillPlan } from './http-contract-rule.ts'

/** A day for each plan, long past on any clock. */
export const BILL_DAYS: Readonly<Record<HttpBillPlan, string>> = {
  done: '2020-01-02',
  noData: '2020-01-03',
  notReady: '2020-01-04',
}

const NOTHING = { payments: 0, paymentAmount: '0.00', refunds: 0, refundAmount: '0.00' }

const emptyDay = (day: string): ReconciledDay => ({
  day,
  status: 'noData',
  isClean: true,
  matched: 0,
  differenceCount: 0,
  bill: NOTHING,
  ours: NOTHING,
  differences: [],
})

const dayWithDifference = (day: string): ReconciledDay => ({
  ...emptyDay(day),
  status: 'done',
  isClean: false,
  matched: 1,
  differenceCount: 1,
  bill: { ...NOTHING, payments: 2, paymentAmount: '3.00' },
  ours: { ...NOTHING, payments: 1, paymentAmount: '1.00' },
  differences: [
    {
      id: `${day}/onlyAlipay/payment/X1/`,
      bucket: 'onlyAlipay',
      kind: 'payment',
      outTradeNo: 'X1',
      tradeNo: '2020010222001403880512345678',
      billAmount: '2.00',
      at: `${day}T02:00:00.000Z`,
      subject: '茶',
      suggestion: { action: 'ask', why: 'Our books do not have it.' },
    },
  ],
})

/** A desk that has reconciled the days of {@link BILL_DAYS} whenever it was asked to. */
export const billDesk = (): ReconciliationDesk => {
  const reports = new Map<string, string>()
  return {
    async reconcile(day) {
      if (day === BILL_DAYS.notReady) return { day, status: 'notReady', usuallyReadyAt: `${day}T01:00:00.000Z` }
      reports.set(day, `\uFEFF差异,商户订单号\r\n${day === BILL_DAYS.done ? '长款,X1\r\n' : ''}`)
      return day === BILL_DAYS.done ? dayWithDifference(day) : emptyDay(day)
    },
    reportCsv: async (day) => reports.get(day),
  }
}
