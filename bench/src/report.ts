import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Spread, spread, spreadText } from './stats.ts'

/** How a ratio must compare with its target. */
export interface Target {
  readonly atLeast?: number
  readonly atMost?: number
}

export interface Row {
  readonly name: string
  readonly unit: string
  readonly samples: readonly number[]
}

export interface BenchResult {
  readonly name: string
  /** What was measured, how, and what makes the comparison fair or unfair. */
  readonly how: string
  /** Counts that are the same in every round; the first line is the head. */
  readonly table?: readonly (readonly string[])[]
  readonly rows: readonly Row[]
  /** The figure the target speaks of, one sample per round. */
  readonly verdict?: { readonly name: string; readonly samples: readonly number[]; readonly target?: Target }
}

/** Round by round, `over` divided by `under`. */
export const ratios = (over: readonly number[] = [], under: readonly number[] = []): readonly number[] =>
  over.map((value, round) => value / (under[round] ?? Number.NaN))

export const machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.versions.node,
  nodeOpenssl: process.versions.openssl,
}

const targetText = ({ atLeast, atMost }: Target): string =>
  atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`

const meets = ({ median }: Spread, { atLeast, atMost }: Target): boolean =>
  median >= (atLeast ?? Number.NEGATIVE_INFINITY) && median <= (atMost ?? Number.POSITIVE_INFINITY)

const printTable = (table: readonly (readonly string[])[]): void => {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? []
  for (const line of table) console.log(`  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
}

export const printResult = ({ name, how, table = [], rows, verdict }: BenchResult): void => {
  const width = Math.max(...rows.map((row) => row.name.length), verdict?.name.length ?? 0)
  const line = (label: string, text: string): void => console.log(`  ${label.padEnd(width)}  ${text}`)
  console.log(`\n${name}\n  ${how}`)
  printTable(table)
  for (const row of rows) line(row.name, `${spreadText(spread(row.samples))} ${row.unit}`)
  if (verdict === undefined) return
  const figures = spread(verdict.samples)
  const { target } = verdict
  const outcome =
    target === undefined ? '' : `; target ${targetText(target)}: ${meets(figures, target) ? 'met' : 'MISSED'}`
  line(verdict.name, `${spreadText(figures)}${outcome}`)
}

/** Writes the raw samples with the machine's name, so that a figure can be traced. Returns the path. */
export const writeResults = (results: readonly BenchResult[], at: Date): string => {
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${at.toISOString().replaceAll(':', '-')}.json`)
  writeFileSync(path, `${JSON.stringify({ at, machine, results }, undefined, 2)}\n`)
  return path
}
