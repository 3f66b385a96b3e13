import type { KeyboardWedgeOptions } from '../../src/wedge/keyboard-wedge.ts'
import { openTill } from '../helpers/wedge-harness.ts'
import type { Episode } from './episodes.ts'

/** What a scanner library made of an episode. */
export interface Verdict {
  readonly found: number
  readonly missed: number
  /** Scans that were none, or not that code. */
  readonly wrong: number
  /** Whether the field holds exactly what was typed. */
  readonly isClean: boolean
}

/** Counts what was found against what was there. */
export const judge = (episode: Episode, codes: readonly string[], field: string): Verdict => {
  const found = episode.scans.filter((code) => codes.includes(code)).length
  return {
    found,
    missed: episode.scans.length - found,
    wrong: codes.filter((code) => !episode.scans.includes(code)).length,
    isClean: field === episode.typed,
  }
}

/** Plays an episode into a focused field of a fake page with an open wedge. */
export const runEpisode = (episode: Episode, wedge: KeyboardWedgeOptions = {}): Verdict => {
  const till = openTill(wedge)
  till.page.focused = till.page.field('')
  let now = 0
  for (const { at, down, key } of episode.moves) {
    till.clock.advance(at - now)
    now = at
    if (down) till.page.down({ key })
    else till.page.up({ key })
  }
  till.clock.advance(2_000)
  till.scanner.close()

  return judge(episode, till.codes(), till.page.focused.value ?? '')
}
