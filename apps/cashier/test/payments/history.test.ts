import type { PaymentDetailView } from '@f2f/core/http'
import { expect, test } from 'vitest'
import { en } from '../../src/i18n/en.ts'
import { historyOf } from '../../src/payments/history.ts'

const at = (ms: number): string => new Date(Date.parse('2026-03-05T04:00:00Z') + ms).toISOString()

test('within the second that Alipay tells, the customer pays after being asked and before it is known', () => {
  const payment = {
    createdAt: at(100),
    paidAt: at(0),
    refunds: [],
    lateSuccess: false,
    history: [
      { at: at(110), status: 'paying', why: 'asking for the money' },
      { at: at(300), status: 'paid', why: 'Alipay took the money' },
    ],
  } as unknown as PaymentDetailView
  const { begun, paidAt } = en.payments
  expect(historyOf(payment, en, 'en').map(({ what }) => what)).toEqual([
    begun,
    en.status.paying,
    paidAt,
    en.status.paid,
  ])
})
