import { note, otherCode, paymentCode, typedText } from './codes.ts'
import type { Random } from './random.ts'
import { arrivals, SCANNERS, type ScannerModel } from './scanners.ts'
import { anyTypist, fastTypist, nextGap, nextHold, type Typist } from './typists.ts'

/** A key going down or up. */
export interface KeyMove {
  /** ms from the start of the episode. */
  readonly at: number
  readonly down: boolean
  readonly key: string
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

const scanMoves = (code: string, from: number, model: ScannerModel, random: Random): readonly KeyMove[] => {
  const keys = [...code, ...random.pick(SUFFIXES)]
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

const scanEpisode = (kind: string, code: (random: Random) => string, random: Random): Episode => {
  const model = random.pick(SCANNERS)
  const scans = Array.from({ length: random.int(1, 3) }, () => code(random))
  const moves: KeyMove[] = []
  for (const one of scans)
    moves.push(...scanMoves(one, moves.length === 0 ? 0 : end(moves) + random.real(400, 3_000), model, random))
  return { kind, moves: inOrder(moves), scans, typed: '' }
}

const typingEpisode = (kind: string, typist: Typist, text: string, random: Random): Episode => {
  const moves = typeMoves(text, 0, typist, random)
  const enter = random.chance(0.5) ? press('Enter', end(moves) + nextGap(typist, random), nextHold(typist, random)) : []
  return { kind, moves: inOrder([...moves, ...enter]), scans: [], typed: text }
}

/** One person types a note; the scanner is triggered in the middle of it. */
const mixedEpisode = (random: Random): Episode => {
  const text = note(random)
  const hand = typeMoves(text, 0, anyTypist(random), random)
  const code = paymentCode(random)
  const scan = scanMoves(code, random.real(0, end(hand)), random.pick(SCANNERS), random)
  return { kind: 'a scan while a person types', moves: inOrder([...hand, ...scan]), scans: [code], typed: text }
}

/** Every kind of episode, by name. */
export const EPISODES: Readonly<Record<string, (random: Random) => Episode>> = {
  'payment codes': (random) => scanEpisode('payment codes', paymentCode, random),
  'other codes': (random) => scanEpisode('other codes', otherCode, random),
  typing: (random) => typingEpisode('typing', anyTypist(random), typedText(random), random),
  'fast typing': (random) => typingEpisode('fast typing', fastTypist(random), typedText(random), random),
  'payment codes typed by hand': (random) =>
    typingEpisode('payment codes typed by hand', anyTypist(random), paymentCode(random), random),
  'a scan while a person types': mixedEpisode,
}
