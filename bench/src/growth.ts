import type { Role } from './report.ts'
import { type Call, type Contender, interleaved, microsecondsOf } from './rounds.ts'

export interface GrowthPoint {
  /** How much work. */
  readonly size: number
  readonly samples: readonly number[]
}

export interface GrowthLine {
  readonly name: string
  readonly role?: Role
  readonly points: readonly GrowthPoint[]
}

/** How cost grows as the work grows tenfold and tenfold again. */
export interface Growth {
  /** What there is more and more of, such as `callers`. */
  readonly work: string
  /** What is counted, with its unit, such as `µs per query`. */
  readonly cost: string
  readonly lines: readonly GrowthLine[]
}

/** A contender that can be given more or less to do. */
export interface Growing {
  readonly name: string
  readonly role: Role
  readonly sampleAt: (size: number) => Promise<number>
}

export interface GrowthPlan {
  readonly work: string
  readonly cost: string
  readonly sizes: readonly number[]
}

/** Callers at once in most cases. */
export const CALLERS_TENFOLD: readonly number[] = [1, 10, 100, 1_000]
export const GROWTH_ROUNDS = 3
/** How long a sample lasts where time limits it. */
const GROWTH_MS = 1_000

/** Measures every contender at every size, interleaved at each. */
export const growthOf = async (
  { work, cost, sizes }: GrowthPlan,
  growing: readonly Growing[],
  rounds = GROWTH_ROUNDS,
): Promise<Growth> => {
  const points = new Map<string, GrowthPoint[]>(growing.map(({ name }) => [name, []]))
  for (const size of sizes) {
    const contenders: readonly Contender[] = growing.map(({ name, sampleAt }) => ({
      name,
      sample: () => sampleAt(size),
    }))
    for (const [name, samples] of await interleaved(contenders, rounds)) points.get(name)?.push({ size, samples })
  }
  return { work, cost, lines: growing.map(({ name, role }) => ({ name, role, points: points.get(name) ?? [] })) }
}

/** The time that went by for each operation, with ever more callers. */
export const growthByCallers = (calls: readonly Call[], cost: string, sizes = CALLERS_TENFOLD): Promise<Growth> =>
  growthOf(
    { work: 'callers', cost, sizes },
    calls.map(({ name, role, call }) => ({
      name,
      role,
      sampleAt: (callers) => microsecondsOf(call, callers, GROWTH_MS),
    })),
  )
