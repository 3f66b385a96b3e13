import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench, Effort } from '../bench.ts'
import { writeBill } from '../bill-file.ts'
import { GROWTH_ROUNDS, type Growth, type GrowthPoint } from '../growth.ts'
import type { ReconcileRun, WORKS } from '../reconcile-run.ts'
import { type Role, ratios } from '../report.ts'

const CHILD = join(import.meta.dirname, '../reconcile-run.ts')
/** Node lets its heap's nursery grow to 128 MB; what is alive in it are some 20. */
const SMALL_NURSERY = '--max-semi-space-size=8'
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

type WorkName = keyof typeof WORKS
type Runs = Readonly<Record<WorkName, readonly ReconcileRun[]>>

/** Every sample is a process of its own that reads the whole file, so there are few. */
const roundsOf = ({ rounds }: Effort): number => Math.max(1, Math.floor(rounds / 5))

const rowsOf = ({ isFull }: Effort): number => (isFull ? 1_000_000 : 100_000)
/** Smaller bills, to see how cost grows. */
const FEWER_ROWS = [1_000, 10_000, 100_000]

const grouped = (rows: number): string => rows.toLocaleString('en-US')

const NAMES: Readonly<Record<WorkName, string>> = {
  f2f: 'f2f reconcile',
  csvAlone: 'limit: csv-parse alone',
  loadEverything: 'load everything, compare in a map',
}
const ROLES: Readonly<Record<WorkName, Role>> = { f2f: 'ours', csvAlone: 'limit', loadEverything: 'peer' }
const WORK_NAMES = Object.keys(NAMES) as WorkName[]
const US_PER_S = 1e6

const allWorks = (rows: number, rounds: number): Promise<Runs> =>
  withBill(rows, async (path) => {
    const runs: Record<WorkName, ReconcileRun[]> = { f2f: [], csvAlone: [], loadEverything: [] }
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < WORK_NAMES.length; turn++) {
        const work = WORK_NAMES[(round + turn) % WORK_NAMES.length] ?? 'f2f'
        runs[work].push(await run(work, path, rows))
      }
    }
    return runs
  })

const growthFrom = async (rows: number, last: Runs): Promise<Growth> => {
  const bills: (readonly [size: number, runs: Runs])[] = []
  for (const size of FEWER_ROWS) bills.push([size, await allWorks(size, GROWTH_ROUNDS)])
  bills.push([rows, last])
  const pointsOf = (work: WorkName): readonly GrowthPoint[] =>
    bills.map(([size, runs]) => ({ size, samples: runs[work].map(({ rowsPerSecond }) => US_PER_S / rowsPerSecond) }))
  return {
    work: 'rows',
    cost: 'µs per row',
    lines: WORK_NAMES.map((work) => ({ name: NAMES[work], role: ROLES[work], points: pointsOf(work) })),
  }
}

export const reconcileSpeed: Bench = {
  id: 'reconcile',
  run: async (effort) => {
    const rows = rowsOf(effort)
    const runs = await allWorks(rows, roundsOf(effort))
    const rates = (work: WorkName) => runs[work].map(({ rowsPerSecond }) => rowsPerSecond)
    return {
      name: `A bill of ${grouped(rows)} rows against as many of ours`,
      how: `Each in a process of its own with ${SMALL_NURSERY}, from a GBK file, our rows one by one. "Alone" parses and does nothing else: the limit.`,
      rows: [
        ...WORK_NAMES.flatMap((work) => [
          { name: NAMES[work], unit: 'rows/s', role: ROLES[work], samples: rates(work) },
          {
            name: `${NAMES[work]}, peak`,
            unit: 'MiB',
            role: ROLES[work],
            samples: runs[work].map(({ peakMiB }) => peakMiB),
          },
        ]),
        { name: 'f2f / load everything', unit: '', samples: ratios(rates('f2f'), rates('loadEverything')) },
      ],
      verdict: {
        name: 'f2f / csv-parse alone',
        samples: ratios(rates('f2f'), rates('csvAlone')),
        target: { atLeast: 0.5 },
      },
      growth: effort.isFull ? await growthFrom(rows, runs) : undefined,
    }
  },
}

const peakOf = (work: WorkName, rows: number, flags?: readonly string[]): Promise<number> =>
  withBill(rows, async (path) => (await run(work, path, rows, flags)).peakMiB)

const peaks = async (work: WorkName, sizes: readonly number[]): Promise<readonly GrowthPoint[]> => {
  const points: GrowthPoint[] = []
  for (const size of sizes) points.push({ size, samples: [await peakOf(work, size)] })
  return points
}

/** Loading everything stops at a million rows: ten million would need more memory than most machines have. */
const memoryGrowth = async (few: GrowthPoint, many: GrowthPoint): Promise<Growth> => ({
  work: 'rows',
  cost: 'MiB at the peak',
  lines: [
    { name: NAMES.f2f, role: ROLES.f2f, points: [few, ...(await peaks('f2f', [100_000, 1_000_000])), many] },
    {
      name: NAMES.loadEverything,
      role: ROLES.loadEverything,
      points: await peaks('loadEverything', [10_000, 100_000, 1_000_000]),
    },
  ],
})

export const reconcileMemory: Bench = {
  id: 'reconcile-memory',
  run: async ({ isFull }) => {
    const many = isFull ? 10_000_000 : 100_000
    const few = 10_000
    const small = await peakOf('f2f', few)
    const large = await peakOf('f2f', many)
    const asNodeComes = await peakOf('f2f', few, [])
    return {
      name: `Peak memory of reconciling ${grouped(many)} rows`,
      how: `The whole process, Node included, which alone takes some 45 MiB, with ${SMALL_NURSERY}. One run.`,
      rows: [
        { name: `f2f, ${grouped(few)} rows`, unit: 'MiB', role: 'ours', samples: [small] },
        { name: `f2f, ${grouped(many)} rows`, unit: 'MiB', role: 'ours', samples: [large] },
        { name: `f2f, ${grouped(few)} rows without the flag`, unit: 'MiB', role: 'ours', samples: [asNodeComes] },
      ],
      verdict: { name: `MiB for ${grouped(many)} rows`, samples: [large], target: { atMost: 200 } },
      growth: isFull
        ? await memoryGrowth({ size: few, samples: [small] }, { size: many, samples: [large] })
        : undefined,
    }
  },
}
