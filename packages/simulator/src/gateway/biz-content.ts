import { fen } from '@f2f/core'
import { Refusal } from '../ledger/refusal.ts'

/** `biz_content`, parsed. */
export type BizContent = Readonly<Record<string, unknown>>

const invalid = (field: string): Refusal => new Refusal('ACQ.INVALID_PARAMETER', field)

/**
 * An optional text of a call. A number stands for its digits; an empty text counts as absent.
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` when it is something else or longer than `max` characters
 */
export const optionalText = (biz: BizContent, field: string, max: number): string | undefined => {
  const value = biz[field]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(field)
  const text = String(value)
  if (text.length > max) throw invalid(field)
  return text
}

/** {@link optionalText} that must be there. */
export const requiredText = (biz: BizContent, field: string, max: number): string => {
  const text = optionalText(biz, field, max)
  if (text === undefined) throw invalid(field)
  return text
}

/**
 * An amount in yuan, as text or number, of at least 0.01.
 *
 * @returns whole fen
 * @throws Refusal `ACQ.INVALID_PARAMETER`, or `ACQ.TOTAL_FEE_EXCEED` beyond what Alipay takes
 */
export const requiredAmount = (biz: BizContent, field: string): number => {
  const text = requiredText(biz, field, 16)
  const amount = tryFen(text)
  if (amount === undefined && Number(text) > LARGEST_YUAN) throw new Refusal('ACQ.TOTAL_FEE_EXCEED')
  if (amount === undefined || amount === 0) throw invalid(field)
  return amount
}

const LARGEST_YUAN = 100_000_000

const tryFen = (text: string): number | undefined => {
  try {
    return fen(text)
  } catch {
    return undefined
  }
}

/** The fields of `source` that are there, for a spread. */
export const present = <T extends Readonly<Record<string, unknown>>>(
  source: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
