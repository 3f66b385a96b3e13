import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Random numbers that are the same for the same seed. */
export interface Random {
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  /** A number from `from` up to, but not including, `to`. */
  real(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  normal(mean: number, deviation: number): number
  /** Skewed to the right, as times between keys are. `sigma` is the deviation of its logarithm. */
  logNormal(median: number, sigma: number): number
  digits(count: number): string
}

const STEPS = 2 ** 30

export const createRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed)
  const int = (from: number, to: number): number => uniformInt(generator, from, to)
  const real = (from: number, to: number): number => from + (int(0, STEPS - 1) / STEPS) * (to - from)
  const normal = (mean: number, deviation: number): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - real(0, 1)))
    return mean + deviation * radius * Math.cos(2 * Math.PI * real(0, 1))
  }
  return {
    int,
    real,
    normal,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    chance: (probability) => real(0, 1) < probability,
    logNormal: (median, sigma) => median * Math.exp(normal(0, sigma)),
    digits: (count) => Array.from({ length: count }, () => String(int(0, 9))).join(''),
  }
}
