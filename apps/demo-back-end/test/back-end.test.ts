import { randomBytes } from 'node:crypto'
import { createCashier } from '@f2f/core'
import { findPostgres, findRedis } from '@f2f/test-services'
import { Queue } from 'bullmq'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openBackEnd } from '../src/index.ts'

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

test('on PostgreSQL and, where there is one, Redis, it takes a payment from its own simulator', async () => {
  const [databaseUrl, redisUrl] = await Promise.all([newDatabase(), ownRedis()])
  const { backEnd, close } = await openBackEnd({ PORT: '0', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })
  const cashier = createCashier({ ...backEnd, policy: { firstQueryAfter: 200 } })
  await cashier.recover()
  const order = { outTradeNo: 'D1', authCode: '280000000000000020', totalAmount: '8.88', subject: 'tea' }
  expect(await cashier.pay(order)).toMatchObject({ status: 'paid' })
  expect('health' in backEnd.wakeups).toBe(redisUrl !== undefined)
  await cashier.close()
  await close()
})
