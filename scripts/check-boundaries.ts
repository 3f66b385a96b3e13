/** `pnpm check:boundaries`: arrows between packages point one way, and the pure packages stay pure. */
import { globSync } from 'node:fs'
import { coreManifestProblems, cycleProblems, importProblems, impurityProblems } from './lib/boundaries.ts'
import { readSourceFile } from './lib/source.ts'
import { ROOT, workspacePackages } from './lib/workspace.ts'

const packages = workspacePackages()
let files = 0

const problems = packages.flatMap((owner) => {
  const paths = globSync(`${owner.dir}/{src,test}/**/*.{ts,tsx}`, { cwd: ROOT })
  const sources = paths.sort().map((path) => readSourceFile(ROOT, path))
  files += sources.length
  const manifest = owner.manifest.name === '@f2f/core' ? coreManifestProblems(owner.manifest) : []
  return [
    ...manifest,
    ...importProblems(sources, owner, packages),
    ...impurityProblems(sources),
    ...cycleProblems(sources),
  ]
})

for (const problem of problems) console.error(problem)
console.log(`boundaries: ${files} files in ${packages.length} packages, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
