/** `pnpm bench [--full] [id …]`: our figures beside our peers' in the same run. */
import type { Bench, Effort } from './bench.ts'
import { coldImport } from './cases/cold-import.ts'
import { heap } from './cases/heap.ts'
import { httpNotify, httpPayments } from './cases/http.ts'
import { journalPostgres, journalSqlite } from './cases/journal.ts'
import { loopDelay } from './cases/loop-delay.ts'
import { notify } from './cases/notify.ts'
import { query } from './cases/query.ts'
import { reconcileMemory, reconcileSpeed } from './cases/reconcile.ts'
import { recovery } from './cases/recovery.ts'
import { scanner } from './cases/scanner.ts'
import { signing } from './cases/signing.ts'
import { streams } from './cases/streams.ts'
import { workers } from './cases/workers.ts'
import { type BenchResult, machine, printResult, writeResults } from './report.ts'

const BENCHES: readonly Bench[] = [
  signing,
  loopDelay,
  query,
  notify,
  coldImport,
  heap,
  journalSqlite,
  journalPostgres,
  recovery,
  workers,
  reconcileSpeed,
  reconcileMemory,
  scanner,
  httpNotify,
  httpPayments,
  streams,
]
const QUICK: Effort = { rounds: 5, ms: 1_000, isFull: false }
const FULL: Effort = { rounds: 15, ms: 3_000, isFull: true }

const args = process.argv.slice(2)
const effort = args.includes('--full') ? FULL : QUICK
const ids = args.filter((arg) => !arg.startsWith('--'))
const chosen = BENCHES.filter(({ id }) => ids.length === 0 || ids.includes(id))

console.log(
  `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}, OpenSSL ${machine.nodeOpenssl}`,
)
console.log(`${effort.rounds} rounds, medians with lowest–highest`)

const results: BenchResult[] = []
for (const bench of chosen) {
  const result = await bench.run(effort)
  results.push(result)
  printResult(result)
}
console.log(`\nwritten to ${writeResults(results, new Date())}`)
