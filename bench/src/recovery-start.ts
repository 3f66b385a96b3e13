/** Child process of the recovery bench: a back end that starts on a store full of unfinished payments. */
import { bullmqWakeups } from '@f2f/bullmq'
import { createAlipay, createCashier, timerWakeups, type Wakeups } from '@f2f/core'
import { postgresStore, type SqlStore, sqliteStore } from '@f2f/sql'
import { childConfig, runChild } from './child.ts'
import { heapUsed } from './heap-used.ts'
import { APP_ID, alipayPair, merchant } from './keys.ts'
import { stoppedClock } from './stopped-clock.ts'

export type StorePlace = { readonly sqlite: string } | { readonly postgres: string }
export type AlarmPlace = { readonly timers: true } | { readonly redis: string } | { readonly postgres: string }

/** What the child process is told, as JSON. */
export interface StartConfig {
  readonly store: StorePlace
  readonly alarms: AlarmPlace
  /** A queue of this start's own. */
  readonly queue: string
  /** The time it is, and stays: before anything comes due. */
  readonly now: number
  /** Whether it looks at its memory, which takes time of its own. */
  readonly looks: boolean
}

/** What it prints, as JSON. */
export interface Start {
  readonly unfinished: number
  /** Until `recover()` resolved: everything is planned. */
  readonly seconds: number
  /** MB of heap that could not be freed: the most on the way, and afterwards, both over what there was before. */
  readonly most: number
  readonly held: number
}

export const openStore = (place: StorePlace): SqlStore =>
  'sqlite' in place ? sqliteStore(place.sqlite) : postgresStore({ url: place.postgres, maxConnections: 10 })

/** Between two looks at the memory, ms. */
const LOOK_EVERY = 50

const measure = async (config: StartConfig): Promise<Start> => {
  const { alarms, queue, looks } = config
  const clock = stoppedClock(config.now)
  const planner = { queue, clock, work: false }
  const home = 'redis' in alarms ? alarms : 'postgres' in alarms ? { postgres: alarms.postgres } : undefined
  const wakeups: Wakeups & { health?: () => Promise<unknown> } =
    home === undefined ? timerWakeups({ clock }) : bullmqWakeups({ ...home, ...planner })
  const store = openStore(config.store)
  const keys = { privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey }
  const cashier = createCashier({ alipay: createAlipay({ appId: APP_ID, ...keys, clock }), store, wakeups, clock })
  // Connections are there before the clock runs, as in a back end that has checked its health.
  await store.find('nobody')
  await wakeups.health?.()
  const before = heapUsed()
  let most = before
  const look = looks ? setInterval(() => (most = Math.max(most, heapUsed())), LOOK_EVERY) : undefined
  const began = performance.now()
  const unfinished = await cashier.recover()
  const seconds = (performance.now() - began) / 1_000
  clearInterval(look)
  const held = heapUsed() - before
  await cashier.close()
  await store.close()
  return { unfinished, seconds, most: (most - before) / 2 ** 20, held: held / 2 ** 20 }
}

/** Starts in a process of its own. */
export const runStart = (config: StartConfig): Promise<Start> => runChild(import.meta.filename, config, ['--expose-gc'])

if (import.meta.main) console.log(JSON.stringify(await measure(childConfig())))
