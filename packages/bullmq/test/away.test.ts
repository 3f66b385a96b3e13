import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { SimulatedClock } from '@f2f/core/testing'
import { expect, inject, test } from 'vitest'
import { bullmqWakeups } from '../src/index.ts'

/** A door to `target` that can be shut for good. */
const door = async (target: number) => {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined))
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shut = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { redis: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, shut }
}

const started = async (redis: string) => {
  const clock = new SimulatedClock()
  let tell = (): void => undefined
  const isMissed = new Promise<void>((resolve) => {
    tell = resolve
  })
  const wakeups = bullmqWakeups({ redis, clock, onProblem: tell })
  await wakeups.start(async () => undefined)
  /** Once it has noticed that the queue is away, and with a plan that cannot be handed over. */
  const closes = async (): Promise<void> => {
    await isMissed
    void Promise.resolve(wakeups.schedule('P1', new Date(clock.now()))).catch(() => undefined)
    const closing = wakeups.close()
    await clock.advance(2_000)
    await closing
  }
  return { wakeups, closes }
}

test('a queue that was never there keeps no process from ending', async () => {
  const { redis, shut } = await door(1)
  await shut()
  const { closes } = await started(redis)
  await expect(closes()).resolves.toBeUndefined()
})

test.skipIf(inject('redisUrl') === '')('nor does one that has gone', async () => {
  const { redis, shut } = await door(Number(new URL(inject('redisUrl')).port))
  const { wakeups, closes } = await started(redis)
  await wakeups.health()
  await shut()
  await expect(closes()).resolves.toBeUndefined()
})
