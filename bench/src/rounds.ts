import { profiled } from './profiling.ts'
import type { Role, Row } from './report.ts'

/** One thing that is measured; every call is one sample. */
export interface Contender {
  readonly name: string
  readonly role?: Role
  readonly sample: () => Promise<number>
}

/** Set by `profile.ts`: only contenders whose name holds this text are sampled; empty stands for the first. */
const PROFILED = process.env.F2F_BENCH_PROFILED

const taking = (contenders: readonly Contender[]): readonly Contender[] => {
  if (PROFILED === undefined) return contenders
  return PROFILED === '' ? contenders.slice(0, 1) : contenders.filter(({ name }) => name.includes(PROFILED))
}

/**
 * Samples every contender once per round, the order turned by one place each round, so that what the machine does
 * meanwhile hits all of them alike. A round before the first only warms up.
 *
 * @param warmsUp - false where every sample is a process of its own
 * @returns name → one sample per round
 */
export const interleaved = async (
  contenders: readonly Contender[],
  rounds: number,
  warmsUp = true,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  const taken = taking(contenders)
  const inTurn = (round: number): readonly Contender[] => {
    const turn = round % taken.length
    return [...taken.slice(turn), ...taken.slice(0, turn)]
  }
  if (warmsUp) for (const { sample } of inTurn(0)) await sample()
  await profiled(async () => {
    for (let round = 1; round <= rounds; round += 1) {
      for (const { name, sample } of inTurn(round)) samples.get(name)?.push(await sample())
    }
  })
  return samples
}

/** The contenders' samples as rows of a table, in their order. */
export const rowsOf = (
  contenders: readonly Contender[],
  samples: ReadonlyMap<string, readonly number[]>,
  unit: string,
): readonly Row[] =>
  contenders.map(({ name, role }) => ({
    name,
    unit,
    samples: samples.get(name) ?? [],
    ...(role === undefined ? {} : { role }),
  }))

/** Operations per second of `callers` that each start the next operation when the last one ends, for `ms`. */
export const rateOf = async (operation: () => Promise<unknown>, callers: number, ms: number): Promise<number> => {
  const start = performance.now()
  let done = 0
  const caller = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      await operation()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return (done / (performance.now() - start)) * 1000
}

/** An operation that callers repeat. */
export interface Call {
  readonly name: string
  readonly role: Role
  readonly call: () => Promise<unknown>
}

/** Each call, done by so many callers; samples are operations per second. */
export const ratesOf = (calls: readonly Call[], callers: number, ms: number): readonly Contender[] =>
  calls.map(({ name, role, call }) => ({ name, role, sample: () => rateOf(call, callers, ms) }))

const US_PER_S = 1e6

/** Microseconds that one operation took of the time that went by, in the same way. */
export const microsecondsOf = async (operation: () => Promise<unknown>, callers: number, ms: number): Promise<number> =>
  US_PER_S / (await rateOf(operation, callers, ms))
