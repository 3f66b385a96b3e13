import type { Bench } from './bench.ts'
import { bundle } from './cases/bundle.ts'
import { coldImport } from './cases/cold-import.ts'
import { cpu } from './cases/cpu.ts'
import { heap } from './cases/heap.ts'
import { httpNotify, httpPayments } from './cases/http.ts'
import { install } from './cases/install.ts'
import { journalPostgres, journalSqlite } from './cases/journal.ts'
import { known } from './cases/known.ts'
import { loopDelay } from './cases/loop-delay.ts'
import { notify } from './cases/notify.ts'
import { query } from './cases/query.ts'
import { reconcileMemory, reconcileSpeed } from './cases/reconcile.ts'
import { recovery } from './cases/recovery.ts'
import { scanner } from './cases/scanner.ts'
import { signing } from './cases/signing.ts'
import { streams } from './cases/streams.ts'
import { workers } from './cases/workers.ts'

/** Every case, in the order in which they run and are written up. */
export const BENCHES: readonly Bench[] = [
  signing,
  loopDelay,
  query,
  notify,
  known,
  cpu,
  coldImport,
  install,
  bundle,
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
