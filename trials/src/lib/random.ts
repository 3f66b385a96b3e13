import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that is the same for the same seed, so that a run which failed can be run again. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean
  /** One of the choices, each as likely as its weight. */
  pick<T>(choices: readonly (readonly [T, number])[]): T
}

export const createRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed)
  const integer = (from: number, to: number): number => uniformInt(generator, from, to)
  return {
    integer,
    chance: (probability) => integer(0, 999_999) < probability * 1_000_000,
    pick(choices) {
      let left = integer(
        1,
        choices.reduce((sum, [, weight]) => sum + weight, 0),
      )
      for (const [choice, weight] of choices) {
        left -= weight
        if (left <= 0) return choice
      }
      throw new RangeError('There is nothing to choose from.')
    },
  }
}
