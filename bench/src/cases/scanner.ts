import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'

/** What the package's side-by-side run says of one library. */
interface Score {
  readonly name: string
  readonly focus: 'field' | 'nothing'
  readonly scans: number
  readonly missed: number
  readonly phantoms: number
  readonly wrong: number
  readonly leaked: number
  readonly cpuPerKey: readonly number[]
}

const PACKAGE = dirname(fileURLToPath(import.meta.resolve('@f2f/pos-scanner/package.json')))
/** One of the peers can be imported only as if in a browser. */
const ARGS = ['--conditions=browser', 'test/side-by-side/main.ts']

const run = async (rounds: number): Promise<readonly Score[]> =>
  JSON.parse((await promisify(execFile)(process.execPath, [...ARGS, String(rounds)], { cwd: PACKAGE })).stdout)

export const scanner: Bench = {
  id: 'scanner',
  run: async ({ rounds }) => {
    const scores = await run(Math.ceil(rounds / 3))
    const [ours] = scores
    const ourFaults = scores
      .filter(({ name }) => name === ours?.name)
      .reduce((sum, { missed, phantoms, wrong, leaked }) => sum + missed + phantoms + wrong + leaked, 0)
    return {
      name: `Keyboard scanners: ${ours?.scans} scans, and people who type`,
      how: 'Generated key timings on a fake page, no device. CPU is what a key takes beyond the page itself.',
      table: [
        ['library', 'focus', 'missed', 'phantom', 'wrong', 'characters leaked or lost'],
        ...scores.map(({ name, focus, missed, phantoms, wrong, leaked }) => [
          name,
          focus,
          ...[missed, phantoms, wrong, leaked].map(String),
        ]),
      ],
      rows: scores
        .filter(({ focus }) => focus === 'field')
        .map(({ name, cpuPerKey }) => ({
          name,
          unit: 'µs/key',
          role: name === ours?.name ? 'ours' : 'peer',
          samples: cpuPerKey,
        })),
      verdict: { name: 'faults of f2f', samples: [ourFaults], target: { atMost: 0 } },
    }
  },
}
