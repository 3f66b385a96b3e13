/**
 * `pnpm test`: the tests of every package, then what was counted. Arguments go to turbo, for example `--force`.
 * For one package: `pnpm --filter @f2f/core test`.
 */
import { forgetResults, readResults, summary } from './lib/test-results.ts'
import { testedPackages } from './lib/workspace.ts'
import { turbo } from './turbo.ts'

const packages = testedPackages()

forgetResults(packages)
const status = turbo(['test', '--continue', ...process.argv.slice(2)])
const results = readResults(packages)

console.log(`\n${summary(results)}`)
process.exitCode = status !== 0 || results.some(({ failed }) => failed > 0) ? 1 : 0
