/**
 * `node --conditions=browser test/side-by-side/main.ts <rounds>`: the built package and its peers on the same corpus, as
 * JSON. Part of `pnpm bench scanner`.
 */
import { type Episode, KINDS, makeEpisode, seedsOf } from '../corpus/episodes.ts'
import { judge, type Verdict } from '../corpus/judge.ts'
import { playEpisode } from '../corpus/play.ts'
import { FakePage } from '../helpers/fake-page.ts'
import { createManualClock } from '../helpers/manual-clock.ts'
import { CONTENDERS, type Contender, NOBODY } from './contenders.ts'
import { onClock } from './on-clock.ts'

/** The same episodes as the package's own tests. */
const SEED = 20_260_101
const COUNT = 40

/** What one library made of the whole corpus, played once with a field focused and once with nothing focused. */
export interface Score extends Verdict {
  readonly name: string
  readonly focus: 'field' | 'nothing'
  readonly scans: number
  /** µs for each key one sample per round: the library's share of the time. */
  readonly cpuPerKey: readonly number[]
}

const episodes = KINDS.flatMap((kind) => seedsOf(SEED, COUNT).map((seed) => makeEpisode(kind, seed)))
const keys = episodes.reduce((sum, { moves }) => sum + moves.length / 2, 0)
const scans = episodes.reduce((sum, one) => sum + one.scans.length, 0)

const play = (contender: Contender, episode: Episode, focus: Score['focus']): Verdict => {
  const page = new FakePage()
  const clock = createManualClock()
  if (focus === 'field') page.focused = page.field('')
  const codes: string[] = []
  onClock(page, clock, () => {
    const close = contender.open(page, clock, codes)
    playEpisode(episode, page, clock)
    close()
  })
  return judge(episode, codes, page.focused.value)
}

const playAll = (contender: Contender, focus: Score['focus']): Verdict & { readonly microseconds: number } => {
  const start = process.hrtime.bigint()
  const verdicts = episodes.map((episode) => play(contender, episode, focus))
  const microseconds = Number(process.hrtime.bigint() - start) / 1_000
  const sum = (of: keyof Verdict): number => verdicts.reduce((total, one) => total + one[of], 0)
  return { missed: sum('missed'), phantoms: sum('phantoms'), wrong: sum('wrong'), leaked: sum('leaked'), microseconds }
}

const rounds = Number(process.argv[2] ?? 1)
const scores = (['field', 'nothing'] as const).flatMap((focus) => {
  const cpu = new Map<string, number[]>(CONTENDERS.map(({ name }) => [name, []]))
  const verdicts = new Map<string, Verdict>()
  for (let round = 0; round <= rounds; round += 1) {
    const alone = playAll(NOBODY, focus).microseconds
    for (const [index] of CONTENDERS.entries()) {
      const contender = CONTENDERS[(index + round) % CONTENDERS.length] ?? NOBODY
      const { microseconds, ...verdict } = playAll(contender, focus)
      verdicts.set(contender.name, verdict)
      // The first round warms up.
      if (round > 0) cpu.get(contender.name)?.push((microseconds - alone) / keys)
    }
  }
  return CONTENDERS.map(({ name }): Score => {
    const verdict = verdicts.get(name)
    if (verdict === undefined) throw new Error(`${name} was not played`)
    return { name, focus, scans, ...verdict, cpuPerKey: cpu.get(name) ?? [] }
  })
})
process.stdout.write(JSON.stringify(scores))
