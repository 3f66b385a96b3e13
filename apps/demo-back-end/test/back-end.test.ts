import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCashier } from '@f2f/core'
import { findPostgres, findRedis } from '@f2f/test-services'
import { Queue } from 'bullmq'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openBackEnd } from '../src/index.ts'
import { scrape, watchedMetrics } from '../src/testing/index.ts'

const administer = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** A PostgreSQL database that is gone when the test is over. */
const newDatabase = async (): Promise<string> => {
  const { url, stop } = await findPostgres()
  const name = `f2f_demo_${randomBytes(6).toString('hex')}`
  await administer(url, `create database ${name}`)
  onTestFinished(async () => {
    await administer(url, `drop database ${name} with (force)`)
    await stop()
  })
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** A Redis that other tests do not use: their keys are in the first of its databases. */
const ownRedis = async (): Promise<string | undefined> => {
  const redis = await findRedis()
  if (redis === undefined) console.log('NOT RUN: BullMQ on Redis. Set F2F_REDIS_URL, or install redis-server.')
  if (redis === undefined) return undefined
  const { href } = Object.assign(new URL(redis.url), { pathname: '/7' })
  onTestFinished(async () => {
    const queue = new Queue('f2f', { connection: { url: href } })
    await queue.obliterate({ force: true })
    await queue.close()
    await redis.stop()
  })
  return href
}

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

test('on PostgreSQL and, where there is one, Redis, it takes a payment from its own simulator, and measures it', async () => {
  const [databaseUrl, redisUrl] = await Promise.all([newDatabase(), ownRedis()])
  const { backEnd, close } = await openBackEnd({ PORT: '0', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })
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
  expect(kinds.filter((name) => !measured.includes(name))).toEqual(redisUrl === undefined ? ['f2f_wakeup_jobs'] : [])
  await cashier.close()
  await close()
})
