import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** The simulator's only source of chance: the same seed gives the same numbers, codes and faults. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number
  /** `length` characters taken from `alphabet`. */
  text(length: number, alphabet: string): string
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean
}

export const DIGITS = '0123456789'
export const HEX = '0123456789abcdef'
export const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'

const PARTS = 1_000_000

export const createRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed)
  const integer = (from: number, to: number) => uniformInt(generator, from, to)
  return {
    integer,
    text: (length, alphabet) => Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
    chance: (probability) => integer(0, PARTS - 1) < probability * PARTS,
  }
}
