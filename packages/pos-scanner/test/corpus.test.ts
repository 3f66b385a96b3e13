import { describe, expect, test } from 'vitest'
import { EPISODES } from './corpus/episodes.ts'
import { createRandom } from './corpus/random.ts'
import { runEpisode, type Verdict } from './corpus/run.ts'

/** The README names it; the generator makes the same episodes of the same seed. */
const SEED = 20_260_101
const COUNT = 400

const total = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((sum, one) => ({
    found: sum.found + one.found,
    missed: sum.missed + one.missed,
    wrong: sum.wrong + one.wrong,
    isClean: sum.isClean && one.isClean,
  }))

describe(`${COUNT} episodes of each kind, seed ${SEED}`, () => {
  for (const [kind, make] of Object.entries(EPISODES)) {
    test(`${kind}: no scan missed, no typing taken for a scan, the field as it was typed`, () => {
      const random = createRandom(SEED)
      const verdict = total(Array.from({ length: COUNT }, () => runEpisode(make(random))))
      expect(verdict).toMatchObject({ missed: 0, wrong: 0, isClean: true })
    })
  }
})
