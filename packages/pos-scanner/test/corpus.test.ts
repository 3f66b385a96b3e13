import { describe, expect, test } from 'vitest'
import { type Episode, KINDS, makeEpisode, seedsOf } from './corpus/episodes.ts'
import { judge } from './corpus/judge.ts'
import { playEpisode } from './corpus/play.ts'
import { openTill } from './helpers/wedge-harness.ts'

/** The README names it; the generator makes the same episodes of the same seed. */
const SEED = 20_260_101
const COUNT = 400

const keysOf = ({ moves }: Episode): string =>
  moves.map(({ at, down, key, hidden }) => `${at.toFixed(1)}${down ? '+' : '-'}${key}${hidden ? '*' : ''}`).join(' ')

/** Nothing when all was as it should be; else what to call to see it again, and its keys with their times. */
const faultOf = (kind: string, seed: number): string | undefined => {
  const episode = makeEpisode(kind, seed)
  const till = openTill()
  till.page.focused = till.page.field('')
  playEpisode(episode, till.page, till.clock)
  till.scanner.close()
  const field = till.page.focused.value ?? ''
  const { missed, phantoms, wrong, leaked } = judge(episode, till.codes(), field)
  if (missed + phantoms + wrong + leaked === 0) return undefined
  return [
    `makeEpisode('${kind}', ${seed}): ${missed} missed, ${phantoms} phantom, ${wrong} wrong, ${leaked} leaked`,
    `scanned ${episode.scans.join(' ')}; reported ${till.codes().join(' ')}`,
    `typed '${episode.typed}'; in the field '${field}'`,
    keysOf(episode),
  ].join('\n')
}

describe(`${COUNT} episodes of each kind, seed ${SEED}`, () => {
  for (const kind of KINDS) {
    test(`${kind}: no scan missed, no typing taken for a scan, the field as it was typed`, () => {
      const faults = seedsOf(SEED, COUNT).flatMap((seed) => faultOf(kind, seed) ?? [])
      expect(faults.length, faults.slice(0, 3).join('\n\n')).toBe(0)
    })
  }

  test('the same seed makes the same episode, another one another', () => {
    for (const kind of KINDS) {
      expect(makeEpisode(kind, 1)).toEqual(makeEpisode(kind, 1))
      expect(makeEpisode(kind, 2)).not.toEqual(makeEpisode(kind, 1))
    }
  })
})
