import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench, Effort } from '../bench.ts'
import { writeBill } from '../bill-file.ts'
import type { ReconcileRun, WORKS } from '../reconcile-run.ts'
import { ratios } from '../report.ts'

const CHILD = join(import.meta.dirname, '../reconcile-run.ts')
/** Node lets its heap's nursery grow to 128 MB; what is alive in it are some 20. */
const SMALL_NURSERY = '--max-semi-space-size=16'
/** Loading everything needs more than Node allows by default. */
const LARGE_HEAP = '--max-old-space-size=12000'

const run = async (
  work: keyof typeof WORKS,
  path: string,
  rows: number,
  flags: readonly string[] = [SMALL_NURSERY],
): Promise<ReconcileRun> => {
  const args = [...flags, ...(work === 'loadEverything' ? [LARGE_HEAP] : []), CHILD, work, path, String(rows)]
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout)
}

const withBill = async <T>(rows: number, work: (path: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-bench-'))
  try {
    const path = join(folder, 'bill.csv')
    await writeBill(path, rows)
    return await work(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Every sample is a process of its own that reads the whole file, so there are few. */
const roundsOf = ({ rounds }: Effort): number => Math.max(1, Math.floor(rounds / 5))

const rowsOf = ({ isFull }: Effort): number => (isFull ? 1_000_000 : 100_000)

const grouped = (rows: number): string => rows.toLocaleString('en-US')

const NAMES: Readonly<Record<keyof typeof WORKS, string>> = {
  f2f: 'f2f reconcile',
  csvAlone: 'csv-parse alone',
  loadEverything: 'load everything, compare in a map',
}

export const reconcileSpeed: Bench = {
  id: 'reconcile',
  run: (effort) => {
    const rows = rowsOf(effort)
    return withBill(rows, async (path) => {
      const samples: Record<keyof typeof WORKS, ReconcileRun[]> = { f2f: [], csvAlone: [], loadEverything: [] }
      const works = Object.keys(samples) as (keyof typeof WORKS)[]
      for (let round = 0; round < roundsOf(effort); round++) {
        for (let turn = 0; turn < works.length; turn++) {
          const work = works[(round + turn) % works.length] ?? 'f2f'
          samples[work].push(await run(work, path, rows))
        }
      }
      const rates = (work: keyof typeof WORKS) => samples[work].map(({ rowsPerSecond }) => rowsPerSecond)
      return {
        name: `A bill of ${grouped(rows)} rows against as many of ours`,
        how: `Each in a process of its own with ${SMALL_NURSERY}, from a GBK file, our rows one by one. "Alone" parses and does nothing else: the limit.`,
        rows: works.flatMap((work) => [
          { name: NAMES[work], unit: 'rows/s', samples: rates(work) },
          { name: `${NAMES[work]}, peak`, unit: 'MiB', samples: samples[work].map(({ peakMiB }) => peakMiB) },
        ]),
        verdict: {
          name: 'f2f / csv-parse alone',
          samples: ratios(rates('f2f'), rates('csvAlone')),
          target: { atLeast: 0.5 },
        },
      }
    })
  },
}

export const reconcileMemory: Bench = {
  id: 'reconcile-memory',
  run: async (effort) => {
    const many = effort.isFull ? 10_000_000 : 100_000
    const few = 10_000
    const peakOf = (rows: number, flags?: readonly string[]) =>
      withBill(rows, async (path) => (await run('f2f', path, rows, flags)).peakMiB)
    const [small, large, asNodeComes] = [await peakOf(few), await peakOf(many), await peakOf(few, [])]
    return {
      name: `Peak memory of reconciling ${grouped(many)} rows`,
      how: `The whole process, Node included, which alone takes some 45 MiB, with ${SMALL_NURSERY}. One run.`,
      rows: [
        { name: `${grouped(few)} rows`, unit: 'MiB', samples: [small] },
        { name: `${grouped(few)} rows without the flag`, unit: 'MiB', samples: [asNodeComes] },
      ],
      verdict: { name: 'MiB', samples: [large], target: { atMost: 200 } },
    }
  },
}
