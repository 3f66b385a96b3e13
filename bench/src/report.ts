import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Growth } from './growth.ts'
import { type Spread, spread, spreadText } from './stats.ts'

/** How a ratio must compare with its target. */
export interface Target {
  readonly atLeast?: number
  readonly atMost?: number
}

/** Whose figure it is: this project's, what people would use instead, or the fastest anything could be. */
export type Role = 'ours' | 'peer' | 'limit'

export interface Row {
  readonly name: string
  /** Empty for a ratio. */
  readonly unit: string
  readonly samples: readonly number[]
  readonly role?: Role
}

/** The figure the target speaks of, one sample per round. */
export interface Verdict {
  readonly name: string
  readonly samples: readonly number[]
  readonly target?: Target
}

export interface BenchResult {
  readonly name: string
  /** What was measured, how, and what makes the comparison fair or unfair. */
  readonly how: string
  /** Counts that are the same in every round; the first line is the head. */
  readonly table?: readonly (readonly string[])[]
  readonly rows: readonly Row[]
  readonly verdict?: Verdict
  readonly growth?: Growth | undefined
}

/** What one case gave in one run. */
export interface CaseResult extends BenchResult {
  readonly id: string
  /** How long it took to find out. */
  readonly seconds: number
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly nodeOpenssl: string
}

/** One run: what `results/` keeps and the documentation's page is made from. */
export interface Report {
  /** When it ended, ISO 8601 in UTC. */
  readonly at: string
  readonly isFull: boolean
  readonly machine: Machine
  readonly results: readonly CaseResult[]
}

/** Round by round, `over` divided by `under`. */
export const ratios = (over: readonly number[] = [], under: readonly number[] = []): readonly number[] =>
  over.map((value, round) => value / (under[round] ?? Number.NaN))

export const machine: Machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.versions.node,
  nodeOpenssl: process.versions.openssl,
}

const targetText = ({ atLeast, atMost }: Target): string =>
  atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`

/** Whether the median is within the target. */
export const meets = ({ median }: Spread, { atLeast, atMost }: Target): boolean =>
  median >= (atLeast ?? Number.NEGATIVE_INFINITY) && median <= (atMost ?? Number.POSITIVE_INFINITY)

const printTable = (table: readonly (readonly string[])[]): void => {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? []
  for (const line of table) console.log(`  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
}

const printGrowth = ({ work, cost, lines }: Growth): void => {
  console.log(`  growth: ${cost}, by ${work}`)
  const sizes = [...new Set(lines.flatMap(({ points }) => points.map(({ size }) => size)))].sort((a, b) => a - b)
  const cell = (line: Growth['lines'][number], size: number): string => {
    const point = line.points.find((each) => each.size === size)
    return point === undefined ? '' : spreadText(spread(point.samples))
  }
  printTable([
    ['', ...sizes.map((size) => size.toLocaleString('en-US'))],
    ...lines.map((line) => [line.name, ...sizes.map((size) => cell(line, size))]),
  ])
}

export const printResult = ({ name, how, table = [], rows, verdict, growth }: BenchResult): void => {
  const width = Math.max(...rows.map((row) => row.name.length), verdict?.name.length ?? 0)
  const line = (label: string, text: string): void => console.log(`  ${label.padEnd(width)}  ${text}`)
  console.log(`\n${name}\n  ${how}`)
  printTable(table)
  for (const row of rows) line(row.name, `${spreadText(spread(row.samples))} ${row.unit}`)
  if (verdict !== undefined) {
    const figures = spread(verdict.samples)
    const { target } = verdict
    const outcome =
      target === undefined ? '' : `; target ${targetText(target)}: ${meets(figures, target) ? 'met' : 'MISSED'}`
    line(verdict.name, `${spreadText(figures)}${outcome}`)
  }
  if (growth !== undefined) printGrowth(growth)
}

/** How long each case took, so that what makes a run long can be seen. */
export const printSeconds = (results: readonly CaseResult[]): void => {
  console.log('\nseconds per case')
  printTable(results.map(({ id, seconds }) => [id, seconds.toFixed(1)]))
  console.log(`  ${results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0)} in all`)
}

/** Writes the raw samples with the machine's name, so that a figure can be traced. Returns the path. */
export const writeReport = (report: Report): string => {
  const folder = join(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${report.at.replaceAll(':', '-')}.json`)
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`)
  return path
}
