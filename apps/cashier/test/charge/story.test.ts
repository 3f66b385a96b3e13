import type { PaymentView } from '@f2f/core/http'
import { expect, test } from 'vitest'
import { secondsLeft, storyOf } from '../../src/charge/story.ts'
import type { Tracked } from '../../src/charge/tracked.ts'

const INTENT = { outTradeNo: 'T1', kind: 'barcode', totalAmount: '1.00', begunAt: 0 } as const
const PROBLEM = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: '', at: '2026-01-01T00:00:00.000Z' }

const tracked = (over: Partial<PaymentView>, more: Partial<Tracked> = {}): Tracked => ({
  intent: INTENT,
  stage: 'known',
  payment: {
    kind: 'barcode',
    settled: false,
    createdAt: '2026-01-01T00:00:00.500Z',
    deadlineAt: '2026-01-01T00:01:00.000Z',
    ...over,
  } as PaymentView,
  ...more,
})

test.each<[string, Tracked, string, string]>([
  ['on its way', { intent: INTENT, stage: 'sending' }, 'sending', 'busy'],
  ['without an answer', { intent: INTENT, stage: 'sending', offline: true }, 'looking', 'doubt'],
  ['never heard of', { intent: INTENT, stage: 'unheard' }, 'unheard', 'calm'],
  ['asking for the money', tracked({ status: 'paying' }), 'paying', 'busy'],
  ['waiting for a password', tracked({ status: 'confirming' }), 'askBuyer', 'ask'],
  ['unknown', tracked({ status: 'confirming', problem: PROBLEM }), 'doubt', 'doubt'],
  ['unknown for long', tracked({ status: 'confirming', needsAttention: true }), 'attention', 'doubt'],
  ['a QR on show', tracked({ status: 'confirming', kind: 'qr', problem: PROBLEM }), 'offered', 'ask'],
  ['a cancel unanswered', tracked({ status: 'cancelling', needsAttention: true }), 'attention', 'doubt'],
  ['paid while offline', tracked({ status: 'paid', settled: true }, { offline: true }), 'paid', 'good'],
  ['known, then offline', tracked({ status: 'confirming' }, { offline: true }), 'looking', 'doubt'],
  ['given back', tracked({ status: 'reversed', settled: true }), 'reversed', 'calm'],
])('a payment %s', (_, payment, chapter, tone) => {
  expect(storyOf(payment)).toMatchObject({ chapter, tone })
})

test('only what never was may be charged again, and only what can be cancelled offers it', () => {
  expect(storyOf(tracked({ status: 'confirming', problem: PROBLEM }))).toMatchObject({
    canRetry: false,
    canCancel: true,
  })
  expect(storyOf({ intent: INTENT, stage: 'unheard' })).toMatchObject({ canRetry: true, canCancel: false })
  expect(storyOf(tracked({ status: 'confirming' }, { cancelling: true })).canCancel).toBe(false)
})

test('the seconds end at nothing, and with the payment', () => {
  const begin = Date.parse('2026-01-01T00:00:00.500Z')
  expect(secondsLeft(tracked({ status: 'confirming' }), begin)).toBe(60)
  expect(secondsLeft(tracked({ status: 'confirming' }), begin - 5_000)).toBe(60)
  expect(secondsLeft(tracked({ status: 'confirming' }), begin + 90_000)).toBe(0)
  expect(secondsLeft(tracked({ status: 'paid', settled: true }), begin)).toBeUndefined()
})
