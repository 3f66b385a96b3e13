import type { Random } from './random.ts'

/** Somebody at a keyboard, by published statistics. */
export interface Typist {
  /** Median time from key to key, ms. */
  readonly gap: number
  /** Deviation of the logarithm of that time. */
  readonly sigma: number
  /** Mean time a key is held, ms. */
  readonly hold: number
}

/** Dhakal et al. 2018, Table 3: mean and deviation over people of their time between keys and of their key presses, ms. */
const GAP = { mean: 238.66, deviation: 111.6 }
const HOLD = { mean: 116.25, deviation: 23.88 }
/** The fast tenth of that study types at least 78 words of five characters a minute. */
const FAST_GAP = 60_000 / (78 * 5)
/** Long et al. 1983: the fastest typist on record, 216 words a minute for one minute. */
const CHAMPION_GAP = 55
/** Spread of one person's times; the log-normal shape is González et al. 2021's, its width is an assumption. */
const SIGMA = { from: 0.25, to: 0.5 }

const logNormalOf = ({ mean, deviation }: typeof GAP): { median: number; sigma: number } => {
  const variance = Math.log(1 + (deviation / mean) ** 2)
  return { median: mean / Math.exp(variance / 2), sigma: Math.sqrt(variance) }
}

const typist = (gap: number, random: Random): Typist => ({
  gap,
  sigma: random.real(SIGMA.from, SIGMA.to),
  hold: Math.max(40, random.normal(HOLD.mean, HOLD.deviation)),
})

/** Anybody, as the study found people. */
export const anyTypist = (random: Random): Typist => {
  const { median, sigma } = logNormalOf(GAP)
  return typist(Math.max(CHAMPION_GAP, random.logNormal(median, sigma)), random)
}

/** One of the fast tenth, up to the fastest on record. */
export const fastTypist = (random: Random): Typist => typist(random.real(CHAMPION_GAP, FAST_GAP), random)

/** The next time from key to key, ms; never under what two fingers manage at once. */
export const nextGap = ({ gap, sigma }: Typist, random: Random): number => Math.max(8, random.logNormal(gap, sigma))

/** How long the next key is held, ms. */
export const nextHold = ({ hold }: Typist, random: Random): number => Math.max(25, random.normal(hold, hold * 0.2))
