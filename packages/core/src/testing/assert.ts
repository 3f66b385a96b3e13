import { inspect, isDeepStrictEqual } from 'node:util'

const shown = (value: unknown): string => inspect(value, { depth: 8, breakLength: 120, maxStringLength: 400 })

/** @throws Error saying what was wrong, what was expected and what was there */
export const assertEqual = (actual: unknown, expected: unknown, what: string): void => {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`${what}\nexpected: ${shown(expected)}\nactual:   ${shown(actual)}`)
}

/** @throws Error with `what` */
export function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}
