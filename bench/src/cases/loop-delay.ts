import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createAlipay, parseKey, sign } from '@f2f/core'
import { signNotify, signReply } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { startFixedServer } from '../fixed-server.ts'
import { CALLERS_TENFOLD, type Growing, growthOf } from '../growth.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION, ORDER, QUERY_METHOD, QUERY_REPLY } from '../messages.ts'
import { officialSdk } from '../official.ts'
import { type Role, ratios } from '../report.ts'
import { type Contender, interleaved, rowsOf } from '../rounds.ts'

const CALLS = 1_000
const RESOLUTION_MS = 1
const NS_PER_MS = 1e6

type Work = () => Promise<unknown>

/** `calls` calls, all begun in one turn of the event loop. */
type Burst = (calls: number) => Work

const burstOf =
  (call: (index: number) => Promise<unknown>): Burst =>
  (calls) =>
  () =>
    Promise.all(Array.from({ length: calls }, (_, index) => call(index)))

/** The longest a timer of 1 ms had to wait while `work` ran, ms. Other threads and processes count too. */
const longestWait = async (work: Work): Promise<number> => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  await wait(5 * RESOLUTION_MS)
  delays.reset()
  await work()
  await wait(2 * RESOLUTION_MS)
  delays.disable()
  return Math.max(0, delays.max / NS_PER_MS - RESOLUTION_MS)
}

/** The longest collection of garbage while `work` ran, ms: a wait that no care about turns of the event loop can avoid. */
const longestCollection = async (work: Work): Promise<number> => {
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    longest = Math.max(longest, ...list.getEntries().map(({ duration }) => duration))
  })
  observer.observe({ entryTypes: ['gc'] })
  await work()
  await wait(2 * RESOLUTION_MS)
  observer.disconnect()
  return longest
}

export const loopDelay: Bench = {
  id: 'loop-delay',
  run: async ({ rounds, isFull }) => {
    await using server = await startFixedServer(await signReply(QUERY_METHOD, QUERY_REPLY, alipayPair.privateKey))
    const keys = { privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey }
    const gateway = `${server.said}/gateway.do`
    const alipay = createAlipay({ appId: APP_ID, ...keys, gateway })
    const sdk = officialSdk({ gateway })
    const notification = Buffer.from(await signNotify(NOTIFICATION, alipayPair.privateKey))
    const key = parseKey(merchant.privateKey, 'private')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const bareSign = promisify(nodeSign)
    const query = burstOf(() => alipay.query(ORDER))
    const bursts: readonly (readonly [name: string, role: Role, burst: Burst])[] = [
      ['f2f query', 'ours', query],
      ['f2f sign', 'ours', burstOf((index) => sign(`call ${index}`, key))],
      ['f2f verifyNotify', 'ours', burstOf(() => alipay.verifyNotify(notification))],
      ['alipay-sdk query', 'peer', burstOf(() => sdk.exec(QUERY_METHOD, { bizContent: ORDER }))],
      [
        'node:crypto sign alone',
        'limit',
        burstOf((index) => bareSign('sha256', Buffer.from(`call ${index}`), privateKey)),
      ],
    ]
    const growing: readonly Growing[] = bursts.map(([name, role, burst]) => ({
      name,
      role,
      sampleAt: (calls) => longestWait(burst(calls)),
    }))
    const waits: readonly Contender[] = [
      ...growing.map(({ sampleAt, ...rest }) => ({ ...rest, sample: () => sampleAt(CALLS) })),
      { name: 'nothing', role: 'limit', sample: () => longestWait(() => wait(250)) },
      { name: 'f2f query, longest collection', role: 'ours', sample: () => longestCollection(query(CALLS)) },
    ]
    const samples = await interleaved(waits, rounds)
    const rows = rowsOf(waits, samples, 'ms')
    const of = (name: string) => samples.get(name)
    return {
      name: `The longest wait of a timer while ${CALLS} calls run, all begun in one turn of the event loop`,
      how: 'The target is about signing. Whatever else the machine does makes a wait longer; "nothing" and node:crypto alone, all 1,000 handed over at once, show by how much. 1,000 whole queries also wait for collections of what they leave in memory.',
      rows: [
        ...rows,
        { name: 'f2f query / alipay-sdk query', unit: '', samples: ratios(of('f2f query'), of('alipay-sdk query')) },
      ],
      verdict: { name: 'f2f sign, ms', samples: of('f2f sign') ?? [], target: { atMost: 5 } },
      growth: isFull
        ? await growthOf(
            { work: 'calls begun at once', cost: 'ms a timer waited at most', sizes: CALLERS_TENFOLD },
            growing,
          )
        : undefined,
    }
  },
}
