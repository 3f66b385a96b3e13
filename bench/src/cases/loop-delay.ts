import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createAlipay, parseKey, sign } from '@f2f/core'
import { signNotify, signReply } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { startFixedServer } from '../fixed-server.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION, ORDER, QUERY_METHOD, QUERY_REPLY } from '../messages.ts'
import { interleaved } from '../rounds.ts'

const CALLS = 1_000
const RESOLUTION_MS = 1
const NS_PER_MS = 1e6

type Work = () => Promise<unknown>

const atOnce = (call: (index: number) => Promise<unknown>): Work => {
  return () => Promise.all(Array.from({ length: CALLS }, (_, index) => call(index)))
}

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
  run: async ({ rounds }) => {
    await using server = await startFixedServer(await signReply(QUERY_METHOD, QUERY_REPLY, alipayPair.privateKey))
    const keys = { privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey }
    const alipay = createAlipay({ appId: APP_ID, ...keys, gateway: `${server.said}/gateway.do` })
    const notification = Buffer.from(await signNotify(NOTIFICATION, alipayPair.privateKey))
    const key = parseKey(merchant.privateKey, 'private')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const bareSign = promisify(nodeSign)
    const ours = {
      'f2f query': atOnce(() => alipay.query(ORDER)),
      'f2f sign': atOnce((index) => sign(`call ${index}`, key)),
      'f2f verifyNotify': atOnce(() => alipay.verifyNotify(notification)),
    }
    const yardsticks = {
      'node:crypto sign alone': atOnce((index) => bareSign('sha256', Buffer.from(`call ${index}`), privateKey)),
      nothing: () => wait(250),
    }
    const contenders = Object.entries({ ...ours, ...yardsticks }).map(([name, work]) => ({
      name,
      sample: () => longestWait(work),
    }))
    const collections = { name: 'f2f query, longest collection', sample: () => longestCollection(ours['f2f query']) }
    const samples = await interleaved([...contenders, collections], rounds)
    const rows = [...samples].map(([name, values]) => ({ name, unit: 'ms', samples: values }))
    return {
      name: `The longest wait of a timer while ${CALLS} calls run, all begun in one turn of the event loop`,
      how: 'The target is about signing. Whatever else the machine does makes a wait longer; "nothing" and node:crypto alone, all 1,000 handed over at once, show by how much. 1,000 whole queries also wait for collections of what they leave in memory.',
      rows,
      verdict: { name: 'f2f sign, ms', samples: samples.get('f2f sign') ?? [], target: { atMost: 5 } },
    }
  },
}
