/** What the last `pnpm test` counted; its last line is `N passed, N failed`. */
import { readResults, summary } from './lib/test-results.ts'
import { testedPackages } from './lib/workspace.ts'

console.log(summary(readResults(testedPackages())))
