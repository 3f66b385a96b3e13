/** Loaded into every process of a profiled case: notes what it is, and lets it end so that its profile is written. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const folder = process.env.F2F_BENCH_PROFILES
if (folder !== undefined && isMainThread) {
  const command = process.argv.slice(1).map((part) => basename(part).slice(0, 40))
  writeFileSync(join(folder, `${process.pid}.txt`), command.join(' '))
  // A process ended by a signal writes no profile.
  process.once('SIGTERM', () => process.exit())
}
