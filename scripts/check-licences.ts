/** Part of `pnpm packaging`: what our packages bring with them is under licences that everybody can live with. */
import { join } from 'node:path'
import { ALLOWED, type Dependency, isAllowed, runtimeDependencies } from './lib/licences.ts'
import { publicPackages, ROOT } from './lib/workspace.ts'

const found = new Map<string, Dependency>()
for (const { dir } of publicPackages())
  for (const one of runtimeDependencies(join(ROOT, dir))) found.set(`${one.name}@${one.version}`, one)

const counts = new Map<string, number>()
for (const { licence = 'none' } of found.values()) counts.set(licence, (counts.get(licence) ?? 0) + 1)
const summary = [...counts].sort(([, a], [, b]) => b - a).map(([licence, count]) => `${count} ${licence}`)
console.log(`licences: ${found.size} runtime dependencies and peers: ${summary.join(', ')}`)

const refused = [...found.values()].filter(({ licence }) => !isAllowed(licence))
for (const { name, version, licence = 'no licence', by } of refused)
  console.error(
    `${name}@${version} is under ${licence}, brought in by ${by.join(' > ')}; allowed: ${ALLOWED.join(', ')}`,
  )
process.exitCode = refused.length === 0 ? 0 : 1
