import type { Episode } from './episodes.ts'

/** What a scanner library made of an episode. */
export interface Verdict {
  /** Codes that were scanned and not reported. */
  readonly missed: number
  /** Scans that were reported although nothing was scanned. */
  readonly phantoms: number
  /** Codes that were reported in place of another. */
  readonly wrong: number
  /** Characters of scans in the field, or characters typed that are not there. */
  readonly leaked: number
}

/** Characters of one text that are not in the other, whichever is longer. */
const differing = (is: string, should: string): number => {
  if (is === should) return 0
  return Math.max(1, Math.abs(is.length - should.length))
}

/** Counts what was reported against what was there. */
export const judge = ({ scans, typed }: Episode, codes: readonly string[], field = typed): Verdict => {
  const missed = scans.filter((code) => !codes.includes(code)).length
  const strangers = codes.filter((code) => !scans.includes(code)).length
  const wrong = Math.min(missed, strangers)
  return { missed: missed - wrong, phantoms: strangers - wrong, wrong, leaked: differing(field, typed) }
}
