import { fen, yuan } from '@f2f/core'

/** PostgreSQL takes no NUL in a text. A payment must not hang on one in somebody's words. */
export const text = (value: string): string => (value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value)

export const maybeText = (value: string | undefined): string | null => (value === undefined ? null : text(value))

export const maybeFen = (amount: string | undefined): number | null => (amount === undefined ? null : fen(amount))

export const maybeMs = (instant: Date | undefined): number | null => (instant === undefined ? null : instant.getTime())

export const flag = (value: boolean): 0 | 1 => (value ? 1 : 0)

type Whole = number | string | bigint

export const readText = (value: string | null): string | undefined => value ?? undefined

export const readYuan = (value: Whole): string => yuan(Number(value))

export const readMaybeYuan = (value: Whole | null): string | undefined => (value === null ? undefined : readYuan(value))

export const readInstant = (value: Whole): Date => new Date(Number(value))

export const readMaybeInstant = (value: Whole | null): Date | undefined =>
  value === null ? undefined : readInstant(value)

export const readFlag = (value: number | bigint): boolean => Number(value) !== 0
