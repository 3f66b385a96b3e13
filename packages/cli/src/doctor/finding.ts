import { isF2fError } from '@f2f/core'
import type { Settings } from '../config/settings.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { type Text, text } from '../text.ts'

export type Level = 'ok' | 'warning' | 'error' | 'skipped'

/** One thing that was looked at. */
export interface Finding {
  /** Stable, for programs: `keys.own-public-key`. */
  readonly id: string
  readonly level: Level
  readonly found: Text
  /** What to do about it; with warnings and errors. */
  readonly fix?: Text
}

export interface Patient {
  readonly settings: Settings
  readonly context: Context
}

/** Looks at one part and says what it found. */
export type Examination = (patient: Patient) => Promise<readonly Finding[]>

export const ok = (id: string, found: Text): Finding => ({ id, level: 'ok', found })
export const skipped = (id: string, found: Text): Finding => ({ id, level: 'skipped', found })
export const warning = (id: string, found: Text, fix: Text): Finding => ({ id, level: 'warning', found, fix })
export const error = (id: string, found: Text, fix: Text): Finding => ({ id, level: 'error', found, fix })

const LOOK = text('按提示修改后再次运行 f2f doctor', 'Put it right and run f2f doctor again.')

/** What an examination ran into, as a finding. */
export const stumbled = (id: string, cause: unknown, fix = LOOK): Finding => {
  if (cause instanceof Problem) return error(id, cause.text, fix)
  if (isF2fError(cause))
    return error(id, text(`${cause.code}：${cause.message}`, `${cause.code}: ${cause.message}`), fix)
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return error(id, text(`失败（${code}）`, `failed (${code})`), fix)
}

/** Gives up after a while, however the work goes on. */
export const within = async <T>(
  { clock }: Pick<Context, 'clock'>,
  ms: number,
  work: Promise<T>,
): Promise<T | 'late'> => {
  let stop = (): void => undefined
  const late = new Promise<'late'>((resolve) => {
    stop = clock.setTimeout(() => resolve('late'), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    stop()
  }
}
