import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCashier } from '@f2f/core'
import { expect, test } from 'vitest'
import { openBackEnd } from '../src/index.ts'
import { scrape, watchedMetrics, withServices } from '../src/testing/index.ts'

/** What Prometheus would read now. */
const scraping = async (listener: RequestListener): Promise<readonly string[]> => {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    return await scrape(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('on PostgreSQL and, where there is one, Redis, it takes a payment from its own simulator, and measures it', () =>
  withServices(7, async ({ environment }) => {
    const { backEnd, close } = await openBackEnd({ PORT: '0', ...environment })
    let isBroken = true
    const onSettled = (): void => {
      if (isBroken) throw new Error('no printer')
    }
    const cashier = createCashier({
      ...backEnd,
      policy: { firstQueryAfter: 200 },
      onSettled,
      onProblem: () => undefined,
    })
    await cashier.recover()
    const order = { outTradeNo: 'D1', authCode: '280000000000000020', totalAmount: '8.88', subject: 'tea' }
    expect(await cashier.pay(order)).toMatchObject({ status: 'paid' })
    await cashier.idle()
    isBroken = false
    const measured = await scraping(backEnd.metrics)
    const kinds = ['f2f_problems_total', 'f2f_payment_open', 'f2f_payment_settled_total', 'f2f_wakeup_jobs']
    expect(watchedMetrics()).toEqual(expect.arrayContaining(kinds))
    expect(kinds.filter((name) => !measured.includes(name))).toEqual(
      environment.REDIS_URL === undefined ? ['f2f_wakeup_jobs'] : [],
    )
    await cashier.close()
    await close()
  }))
