/** Part of `pnpm packaging`: what loading a built entry brings in stays small and known. */
import { extname, join } from 'node:path'
import { measureBundle } from './lib/bundle.ts'
import { ROOT } from './lib/workspace.ts'

interface Budget {
  readonly name: string
  readonly dir: string
  /** File in `dist`, without its ending. */
  readonly entry: string
  /** Raise it knowingly: a larger number in a change means something larger for everybody. */
  readonly gzipBytes: number
  /** What is imported. */
  readonly externals: readonly string[]
}

const BUDGETS: readonly Budget[] = [
  // node:http and what comes with it take longer to load than core and are loaded on first use.
  { name: 'core', dir: 'packages/core', entry: 'index', gzipBytes: 66_000, externals: ['node:buffer', 'node:crypto'] },
  { name: 'core/http', dir: 'packages/core', entry: 'http', gzipBytes: 30_000, externals: ['node:crypto'] },
  { name: 'core/monitoring', dir: 'packages/core', entry: 'monitoring', gzipBytes: 9_000, externals: [] },
  // For pages: nothing of Node is loaded.
  { name: 'pos-scanner', dir: 'packages/pos-scanner', entry: 'index', gzipBytes: 4_096, externals: [] },
  { name: 'terminal-auth/till', dir: 'packages/terminal-auth', entry: 'till', gzipBytes: 1_024, externals: ['jose'] },
]

const problems = BUDGETS.flatMap(({ name, dir, entry, gzipBytes: budget, externals: known }) =>
  [`${entry}.js`, `${entry}.cjs`].flatMap((file) => {
    const { bytes, gzipBytes, externals, files } = measureBundle(join(ROOT, dir, 'dist', file))
    const what = `${name} ${extname(file)}`
    const loads = externals.length === 0 ? 'nothing' : externals.join(' ')
    console.log(`${what}: ${files.length} files, ${bytes} bytes, ${gzipBytes} gzipped of ${budget}; loads ${loads}`)
    const strangers = externals.filter((one) => !known.includes(one))
    return [
      ...(gzipBytes >= budget ? [`${what} is ${gzipBytes} bytes gzipped; the budget is ${budget}`] : []),
      ...strangers.map((one) => `${what} loads ${one}, which is not on its list`),
    ]
  }),
)

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
