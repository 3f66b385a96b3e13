import { setTimeout as pause } from 'node:timers/promises'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Bench } from '../bench.ts'
import type { Growth, GrowthPoint } from '../growth.ts'
import { type Role, ratios } from '../report.ts'
import { startSimulator } from '../simulator-server.ts'
import { quantile } from '../stats.ts'
import { instant, type KnownAt, type Learning, startTill } from '../till.ts'

const SEED = 20_260_101
/** ms between two looks for a payment that has not reached Alipay yet, and how many there are. */
const NOT_YET = 50
const LOOKS = 100

const NAMES: Readonly<Record<Learning, string>> = {
  notification: 'f2f by notification',
  poll: 'f2f by query every 5 s',
  byHand: 'written by hand on alipay-sdk, query every 5 s',
  bareServer: 'limit: a bare server reads the notification',
}
const ROLES: Readonly<Record<Learning, Role>> = {
  notification: 'ours',
  poll: 'ours',
  byHand: 'peer',
  bareServer: 'limit',
}
const LEARNINGS = Object.keys(NAMES) as Learning[]

interface Window {
  readonly payments: number
  /** The payments start within this time, ms. */
  readonly startsWithin: number
  /** The buyers confirm within this time after half a second, ms. */
  readonly confirmsWithin: number
}

const SHORT = { startsWithin: 3_000, confirmsWithin: 5_000 }
/** Few enough at a time that two cores are not what is measured. */
const LONG = { startsWithin: 18_000, confirmsWithin: 10_000 }

interface Plan {
  readonly startAfter: number
  readonly confirmAfter: number
}

/** The same seed gives the same instants. */
const plansOf = ({ payments, startsWithin, confirmsWithin }: Window): readonly Plan[] => {
  const random = xoroshiro128plus(SEED)
  return Array.from({ length: payments }, () => {
    const startAfter = uniformInt(random, 0, startsWithin)
    return { startAfter, confirmAfter: startAfter + 500 + uniformInt(random, 0, confirmsWithin) }
  })
}

/** The buyer confirms. Returns when: just before Alipay was told. */
const confirm = async (control: string, outTradeNo: string): Promise<number> => {
  for (let look = 0; look < LOOKS; look += 1) {
    const at = instant()
    const { ok } = await fetch(`${control}/trades/${outTradeNo}/confirm`, { method: 'POST' })
    if (ok) return at
    await pause(NOT_YET)
  }
  throw new Error(`${outTradeNo} has not reached Alipay`)
}

/** For each way of learning, milliseconds. */
type Delays = ReadonlyMap<Learning, readonly number[]>

/** For each way of learning, ms from the confirmation until the till knew, in the order of the plans. */
const delays = async (window: Window): Promise<Delays> => {
  await using alipay = await startSimulator()
  await using crew = new AsyncDisposableStack()
  const plans = plansOf(window)
  const { control, gateway, appId, privateKey, alipayPublicKey } = alipay
  const access = { gateway, appId, privateKey, alipayPublicKey }
  const tills = await Promise.all(
    LEARNINGS.map(async (learning) => {
      const orders = plans.map(({ startAfter }, index) => ({ outTradeNo: `${learning}${index}`, startAfter }))
      return { learning, till: crew.use(await startTill({ learning, orders, ...access })) }
    }),
  )
  const measured = tills.map(async ({ learning, till }) => {
    const answer = till.next()
    till.tell('begin')
    const confirmations = plans.map(async ({ confirmAfter }, index) => {
      await pause(confirmAfter)
      return confirm(control, `${learning}${index}`)
    })
    const [confirmed, said] = await Promise.all([Promise.all(confirmations), answer])
    const known = JSON.parse(said) as KnownAt
    return [learning, confirmed.map((at, index) => (known[`${learning}${index}`] ?? Number.NaN) - at)] as const
  })
  return new Map(await Promise.all(measured))
}

/** One quantile for each `group` of payments. */
const quantiles = (values: readonly number[], share: number, group: number): readonly number[] =>
  Array.from({ length: Math.ceil(values.length / group) }, (_, index) =>
    quantile(values.slice(index * group, (index + 1) * group), share),
  )

const growth = async (last: Delays, group: number): Promise<Growth> => {
  const points = new Map<Learning, GrowthPoint[]>(LEARNINGS.map((learning) => [learning, []]))
  const add = (size: number, found: Delays): void => {
    for (const learning of LEARNINGS)
      points.get(learning)?.push({ size, samples: quantiles(found.get(learning) ?? [], 0.5, group) })
  }
  for (const payments of [10, 100]) add(payments, await delays({ payments, ...SHORT }))
  add(last.get('poll')?.length ?? 0, last)
  return {
    work: 'payments waiting for their buyers',
    cost: 'ms until half are known',
    lines: LEARNINGS.map((learning) => ({
      name: NAMES[learning],
      role: ROLES[learning],
      points: points.get(learning) ?? [],
    })),
  }
}

export const known: Bench = {
  id: 'known',
  run: async ({ isFull }) => {
    const group = isFull ? 100 : 50
    const window = isFull ? { payments: 10 * group, ...LONG } : { payments: 2 * group, ...SHORT }
    const found = await delays(window)
    const p50 = (learning: Learning) => quantiles(found.get(learning) ?? [], 0.5, group)
    return {
      name: 'From "the buyer confirmed" to "the till knows"',
      how: `${window.payments} payments in each of four processes at once, started and confirmed at the same seeded instants on the simulator (a process of its own). From just before the confirmation is sent until the call that takes the payment has returned. Groups of ${group} payments make the samples.`,
      rows: [
        ...LEARNINGS.flatMap((learning) => [
          { name: `${NAMES[learning]}, p50`, unit: 'ms', role: ROLES[learning], samples: p50(learning) },
          {
            name: `${NAMES[learning]}, p99`,
            unit: 'ms',
            role: ROLES[learning],
            samples: quantiles(found.get(learning) ?? [], 0.99, group),
          },
        ]),
        { name: 'f2f by query / written by hand, p50', unit: '', samples: ratios(p50('poll'), p50('byHand')) },
      ],
      verdict: {
        name: 'f2f by notification / written by hand, p50',
        samples: ratios(p50('notification'), p50('byHand')),
      },
      growth: isFull ? await growth(found, group) : undefined,
    }
  },
}
