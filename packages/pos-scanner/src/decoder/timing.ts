/*
 * Every number the decoder believes in, ms where nothing else is said. How scanners and people were found to type, and
 * where these come from, is in the README; test/corpus measures what they do.
 */

/** A longer pause is never inside a code. */
export const LONGEST_PAUSE = 300
/** No person types several keys in a row as fast as this, from one to the next. */
export const FAST_KEY = 40
/** How far from the usual gap a gap still counts as regular: a share of it, or what timers and USB polling add. */
export const SPREAD = 0.15
export const JITTER = 12
/** Nobody lets go of a key as soon as this after pressing it. */
export const QUICK_RELEASE = 20
/** The share of values near the usual one that makes them regular. */
export const MOST = 0.8
/** What is no likely text needs that many keys to be proved a machine's when they are slow. */
export const PROOF_LENGTH = 12
/** Letters a person can type into a scan of digits; more belong to the code. */
export const FEW_LETTERS = 3
/** Who types a code by hand and stops for longer starts again. */
export const TYPING_PAUSE = 10_000
/** A scanner that sends no suffix is done when it was silent for that many gaps, and for as late as a key can come. */
export const IDLE_GAPS = 2
export const LATEST_KEY = 150
/** Two keys as fast as a scanner's may be chance; the next one will tell. */
export const PAIR_HOLD = 60
/** How long an input method gets to finish by itself before a field is changed under it. */
export const COMPOSITION_END = 50
/** A page stalls for less; what is further from now was stamped by another clock. */
export const LONGEST_STALL = 10_000
