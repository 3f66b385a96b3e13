import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sqliteStore } from '@f2f/sql'
import type { SoakResult } from './result.ts'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '0.2' },
  },
})

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

const print = (result: SoakResult, took: number): void => {
  const rows: [string, unknown][] = [
    ['payments', result.payments],
    ...Object.entries(result.byOutcome).map(([status, many]): [string, unknown] => [`  ${status}`, many]),
    ['late successes sent back', result.lateSuccesses],
    ...Object.entries(result.refunds).map(([status, many]): [string, unknown] => [`refunds ${status}`, many]),
    ...Object.entries(result.calls).map(([method, many]): [string, unknown] => [method, many]),
    [
      'calls per payment',
      (Object.values(result.calls).reduce((sum, many) => sum + many, 0) / result.payments).toFixed(2),
    ],
    ['cancels and refunds sent again', result.repeats],
    ['settled after, p50', seconds(result.settle.p50)],
    ['settled after, p99', seconds(result.settle.p99)],
    ['settled after, longest', seconds(result.settle.longest)],
    ['money moved but unknown, longest', seconds(result.longestUnknown)],
    ['differences', result.wrong.length],
    ['real time', seconds(took)],
  ]
  for (const [name, value] of rows) console.log(`${name.padEnd(48)} ${value}`)
  for (const wrong of result.wrong.slice(0, 50)) console.log(`  ${wrong}`)
}

const folder = await mkdtemp(join(tmpdir(), 'f2f-soak-'))
const store = sqliteStore(join(folder, 'payments.db'))
try {
  const began = performance.now()
  const payments = Number(values.payments)
  const onProgress = (served: number): void => {
    if (served % 1_000 === 0) console.error(`${served} of ${payments} served`)
  }
  const result = await soak({
    store,
    payments,
    seed: Number(values.seed),
    faultShare: Number(values.faults),
    onProgress,
  })
  print(result, performance.now() - began)
  process.exitCode = result.wrong.length === 0 ? 0 : 1
} finally {
  await store.close()
  await rm(folder, { recursive: true, force: true })
}
