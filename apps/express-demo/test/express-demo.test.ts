import { fileURLToPath } from 'node:url'
import { httpContract } from '@f2f/core/testing'
import { restartTrial, servicesTrial, shopOn, simulatedTrial } from '@f2f/demo-back-end/testing'
import { describe, expect, test } from 'vitest'
import { start } from '../src/start.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

describe('the contract holds', () => {
  const mounted = shopOn((backEnd) => start(backEnd, 0))
  for (const { id, name, run } of httpContract(mounted, { terminals: true })) test(`${id} ${name}`, run)
})

test('stopped while a buyer decides and started again, it sees the payment end', async () => {
  const { ended, interrupted, ...statuses } = await restartTrial(MAIN)
  expect(statuses).toEqual({ paid: 'paid', waiting: 'confirming', resumed: 'paid' })
  expect(interrupted).toMatchObject({ status: 503, body: { code: 'WAIT_CASHIER_CLOSED' } })
  expect(ended).toBe(0)
})

test('on PostgreSQL and BullMQ it does the same', async () => {
  const { interrupted: _, queued, ...trial } = await servicesTrial(MAIN, 8)
  expect(trial).toEqual({
    paid: 'paid',
    waiting: 'confirming',
    resumed: 'paid',
    ended: 0,
    stored: [
      { out_trade_no: 'D1', status: 'paid' },
      { out_trade_no: 'D2', status: 'paid' },
    ],
  })
  expect(queued).not.toBe(false)
})

test('without a configuration it runs against a simulator of its own, with its metrics, and answers as itself outside /pay', async () => {
  expect(await simulatedTrial(MAIN)).toEqual({
    home: { api: '/pay/openapi.json', health: '/pay/health', metrics: '/metrics' },
    elsewhere: 404,
    paid: 'paid',
    refunded: 'succeeded',
    cancelled: 'closed',
    forged: 'fail',
    // There is no problem to count, and no queue.
    unmeasured: ['f2f_problems_total', 'f2f_wakeup_jobs'],
  })
})
