/** Part of `pnpm packaging`: what loading the root entry of the built core brings in stays small and known. */
import { join } from 'node:path'
import { measureBundle } from './lib/bundle.ts'
import { ROOT } from './lib/workspace.ts'

/** Raise it knowingly: a larger number in a change means a larger core for everybody. */
const GZIP_BUDGET = 60_000
/** What is imported. node:http and what comes with it take longer to load than core and are loaded on first use. */
const NODE_MODULES = ['node:buffer', 'node:crypto']

const problems = ['index.js', 'index.cjs'].flatMap((file) => {
  const { bytes, gzipBytes, externals, files } = measureBundle(join(ROOT, 'packages/core/dist', file))
  console.log(`core ${file}: ${files.length} files, ${bytes} bytes, ${gzipBytes} gzipped; loads ${externals.join(' ')}`)
  const strangers = externals.filter((name) => !NODE_MODULES.includes(name))
  return [
    ...(gzipBytes > GZIP_BUDGET ? [`core ${file} is ${gzipBytes} bytes gzipped; the budget is ${GZIP_BUDGET}`] : []),
    ...strangers.map((name) => `core ${file} loads ${name}, which is not on its list`),
  ]
})

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
