/** `pnpm bench [--full] [id …]`: our figures beside our peers' in the same run. */
import type { Effort } from './bench.ts'
import { BENCHES } from './benches.ts'
import { writePages } from './page/write.ts'
import { type CaseResult, machine, printResult, printSeconds, type Report, writeReport } from './report.ts'

const QUICK: Effort = { rounds: 3, ms: 500, isFull: false }
const FULL: Effort = { rounds: 5, ms: 1_000, isFull: true }
const MS_PER_S = 1_000

const args = process.argv.slice(2)
const effort = args.includes('--full') ? FULL : QUICK
const ids = args.filter((arg) => !arg.startsWith('--'))
const strangers = ids.filter((id) => !BENCHES.some((bench) => bench.id === id))
if (strangers.length > 0) throw new Error(`no case is called ${strangers.join(', ')}`)
const chosen = BENCHES.filter(({ id }) => ids.length === 0 || ids.includes(id))

console.log(
  `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}, OpenSSL ${machine.nodeOpenssl}`,
)
console.log(`${effort.rounds} rounds, medians with lowest–highest`)

const results: CaseResult[] = []
for (const { id, run } of chosen) {
  const began = performance.now()
  const result = await run(effort)
  const seconds = (performance.now() - began) / MS_PER_S
  results.push({ id, seconds, ...result })
  printResult(result)
}
printSeconds(results)

const report: Report = { at: new Date().toISOString(), isFull: effort.isFull, machine, results }
console.log(`\nwritten to ${writeReport(report)}`)
// A page is made of everything or not at all: a few new figures beside old ones would not be of one run.
if (effort.isFull && ids.length === 0) console.log((await writePages(report)).join('\n'))
