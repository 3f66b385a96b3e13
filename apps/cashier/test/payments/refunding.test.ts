import type { PaymentView, RefundView } from '@f2f/core/http'
import { describe, expect, test } from 'vitest'
import { ApiProblem, Offline } from '../../src/api/problem.ts'
import type { RefundOrder } from '../../src/api/till-api.ts'
import { refundable, refundUntilKnown } from '../../src/payments/refunding.ts'
import { isWithin, less, receivedOf } from '../../src/payments/search.ts'

const refund = (status: RefundView['status']): RefundView => ({ status }) as RefundView
const ORDER: RefundOrder = { outRequestNo: 'R1', refundAmount: '1.00' }

const ordered = async (first: RefundView | Error, ...then: readonly (RefundView | Error)[]) => {
  const told: string[] = []
  const left = [...then]
  const answer = (step: RefundView | Error | undefined): RefundView => {
    if (step === undefined || step instanceof Error) throw step ?? new Error('asked too often')
    return step
  }
  const end = await refundUntilKnown('T1', ORDER, {
    api: { refund: async () => answer(first), refundStatus: async () => answer(left.shift()) },
    notes: { of: () => undefined, note: () => told.push('noted'), forget: () => told.push('forgotten') },
    wait: async () => undefined,
    onDoubt: () => told.push('doubt'),
    signal: new AbortController().signal,
  })
  return { kind: end?.kind, told }
}

describe('a refund', () => {
  test.each([
    ['made', [refund('succeeded')], 'done', ['noted', 'forgotten']],
    ['refused by Alipay', [refund('failed')], 'failed', ['noted', 'forgotten']],
    [
      'pending, then made',
      [refund('pending'), refund('pending'), refund('succeeded')],
      'done',
      ['noted', 'doubt', 'forgotten'],
    ],
    ['refused by the back end', [new ApiProblem(403, 'AUTH_FORBIDDEN', '', false)], 'refused', ['noted', 'forgotten']],
    [
      'whose answer was lost',
      [new Offline(), new Offline(), refund('succeeded')],
      'done',
      ['noted', 'doubt', 'forgotten'],
    ],
    [
      'that may have been made',
      [new ApiProblem(504, 'UNKNOWN_TIMEOUT', '', true), refund('failed')],
      'failed',
      ['noted', 'doubt', 'forgotten'],
    ],
    [
      'that never arrived keeps its number',
      [new Offline(), new ApiProblem(404, '', '', false)],
      'unheard',
      ['noted', 'doubt'],
    ],
  ] as const)('%s', async (_, [first, ...then], kind, told) => {
    expect(await ordered(first, ...then)).toEqual({ kind, told })
  })
})

test('money is counted in whole fen', () => {
  const paid = { status: 'paid', totalAmount: '0.30', refundedAmount: '0.10' } as PaymentView
  expect(receivedOf([paid, paid, { ...paid, status: 'closed' }])).toBe('0.40')
  expect(less('0.30', '0.10')).toBe('0.20')
  expect(isWithin('0.30', '0.30') && !isWithin('0.31', '0.30') && !isWithin('0.00', '0.30')).toBe(true)
  const payment = { refundableAmount: '80.00', refundedAmount: '20.00' } as PaymentView
  expect([refundable(payment, undefined), refundable(payment, '50.00')]).toEqual(['80.00', '30.00'])
})
