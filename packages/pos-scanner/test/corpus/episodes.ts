import { note, otherCode, paymentCode, typedText } from './codes.ts'
import { createRandom, type Random } from './random.ts'
import { anySpeed, arrivals, SCANNERS, type ScannerModel } from './scanners.ts'
import { anyTypist, fastTypist, nextGap, nextHold, type Typist } from './typists.ts'

/** A key going down or up. */
export interface KeyMove {
  /** ms from the start of the episode. */
  readonly at: number
  readonly down: boolean
  readonly key: string
  /** Whether an input method takes the key and writes its character itself. */
  readonly hidden?: boolean
}

/** Something that happens at a till's keyboard, and what it was. */
export interface Episode {
  readonly kind: string
  /** In the order of time. */
  readonly moves: readonly KeyMove[]
  /** The codes that were scanned. */
  readonly scans: readonly string[]
  /** The text that was typed. */
  readonly typed: string
}

const SUFFIXES = [['Enter'], ['Enter'], ['Tab'], []]

/** How long a key that is typed twice is up in between, ms. */
const SHORTEST_LIFT = 20

const press = (key: string, at: number, hold: number): readonly KeyMove[] => [
  { at, down: true, key },
  { at: at + hold, down: false, key },
]

const scanMoves = (
  code: string,
  from: number,
  model: ScannerModel,
  random: Random,
  suffix: readonly string[] = random.pick(SUFFIXES),
): readonly KeyMove[] => {
  const keys = [...code, ...suffix]
  const times = arrivals(model, keys.length, random)
  return times.flatMap(({ down, up }, index) => press(keys[index] ?? '', from + down, up - down))
}

const typeMoves = (text: string, from: number, typist: Typist, random: Random): readonly KeyMove[] => {
  const up = new Map<string, number>()
  let at = from
  return [...text].flatMap((key) => {
    // A key has to come up before it can go down again.
    at = Math.max(at + nextGap(typist, random), (up.get(key) ?? 0) + SHORTEST_LIFT)
    const hold = nextHold(typist, random)
    up.set(key, at + hold)
    return press(key, at, hold)
  })
}

const inOrder = (moves: readonly KeyMove[]): readonly KeyMove[] => [...moves].sort((a, b) => a.at - b.at)

const end = (moves: readonly KeyMove[]): number => Math.max(0, ...moves.map(({ at }) => at))

const scanEpisode = (
  kind: string,
  code: (random: Random) => string,
  random: Random,
  model = random.pick(SCANNERS),
): Episode => {
  const scans = Array.from({ length: random.int(1, 3) }, () => code(random))
  const moves: KeyMove[] = []
  for (const one of scans)
    moves.push(...scanMoves(one, moves.length === 0 ? 0 : end(moves) + random.real(400, 3_000), model, random))
  return { kind, moves: inOrder(moves), scans, typed: '' }
}

/** The second code is scanned before anybody could have looked at the first. */
const rowEpisode = (kind: string, random: Random): Episode => {
  const model = random.pick(SCANNERS)
  const scans = [paymentCode(random), paymentCode(random)] as const
  const suffix = random.pick([['Enter'], ['Tab']])
  const first = scanMoves(scans[0], 0, model, random, suffix)
  const second = scanMoves(scans[1], end(first) + random.real(20, 400), model, random, suffix)
  return { kind, moves: inOrder([...first, ...second]), scans, typed: '' }
}

/** The same with an input method that takes every key that writes. */
const hiddenEpisode = (kind: string, { moves, scans, typed }: Episode): Episode => ({
  kind,
  moves: moves.map((move) => ({ ...move, hidden: move.key.length === 1 })),
  scans,
  typed,
})

const typingEpisode = (kind: string, typist: Typist, text: string, random: Random): Episode => {
  const moves = typeMoves(text, 0, typist, random)
  const enter = random.chance(0.5) ? press('Enter', end(moves) + nextGap(typist, random), nextHold(typist, random)) : []
  return { kind, moves: inOrder([...moves, ...enter]), scans: [], typed: text }
}

/** One person types a note; the scanner is triggered in the middle of it. */
const mixedEpisode = (kind: string, random: Random): Episode => {
  const text = note(random)
  const hand = typeMoves(text, 0, anyTypist(random), random)
  const code = paymentCode(random)
  const scan = scanMoves(code, random.real(0, end(hand)), random.pick(SCANNERS), random)
  return { kind, moves: inOrder([...hand, ...scan]), scans: [code], typed: text }
}

const MAKERS: Readonly<Record<string, (random: Random, kind: string) => Episode>> = {
  'payment codes': (random, kind) => scanEpisode(kind, paymentCode, random),
  'payment codes, 2 to 100 ms a key': (random, kind) => scanEpisode(kind, paymentCode, random, anySpeed(random)),
  'other codes': (random, kind) => scanEpisode(kind, otherCode, random),
  'two scans in a row': (random, kind) => rowEpisode(kind, random),
  'payment codes with an input method on': (random, kind) =>
    hiddenEpisode(kind, scanEpisode(kind, paymentCode, random)),
  typing: (random, kind) => typingEpisode(kind, anyTypist(random), typedText(random), random),
  'fast typing': (random, kind) => typingEpisode(kind, fastTypist(random), typedText(random), random),
  'typing with an input method on': (random, kind) =>
    hiddenEpisode(kind, typingEpisode(kind, anyTypist(random), typedText(random), random)),
  'payment codes typed by hand': (random, kind) => typingEpisode(kind, anyTypist(random), paymentCode(random), random),
  'a scan while a person types': (random, kind) => mixedEpisode(kind, random),
}

/** Every kind of episode. */
export const KINDS = Object.keys(MAKERS)

/** The episode of that kind and seed, always the same. */
export const makeEpisode = (kind: string, seed: number): Episode => {
  const make = MAKERS[kind]
  if (make === undefined) throw new Error(`no such kind of episode: ${kind}`)
  return make(createRandom(seed), kind)
}

/** Seeds of `count` episodes. */
export const seedsOf = (seed: number, count: number): readonly number[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.int(0, 2 ** 31 - 1))
}
