import { placeOf } from '../../src/testing/us-keys.ts'
import type { FakePage } from '../helpers/fake-page.ts'
import type { ManualClock } from '../helpers/manual-clock.ts'
import type { Episode } from './episodes.ts'

const PROCESS_KEY = 229

/** Plays an episode on a page, and waits until nothing can come of it any more. */
export const playEpisode = ({ moves }: Episode, page: FakePage, clock: ManualClock): void => {
  let now = 0
  for (const { at, down, key, hidden } of moves) {
    clock.advance(at - now)
    now = at
    const event = hidden ? { key: 'Process', code: placeOf(key), keyCode: PROCESS_KEY } : { key }
    if (!down) page.up(event)
    else if (!page.down(event).defaultPrevented && hidden) page.type(key)
  }
  clock.advance(2_000)
}
