/**
 * Part of `pnpm packaging`: packs what would be published, installs it in throwaway projects with npm, loads it as ESM
 * and as CommonJS on every promised Node this machine has, runs the starters of `f2f init`, and compiles it with every
 * promised TypeScript.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createConsumer, run } from './lib/consumer-project.ts'
import { checkTypes, TYPESCRIPTS } from './lib/consumer-types.ts'
import { promisedNodes } from './lib/nodes.ts'
import { FRAMEWORKS, starterProblems } from './lib/starters.ts'
import { publicPackages, ROOT } from './lib/workspace.ts'

const OLDEST_NODE_TYPES = '20.19.0'
const FIXTURES = join(ROOT, 'scripts/consumers')

const packages = publicPackages()
/** Every public entry of every public package, without those that are not code. */
const entries = packages.flatMap(({ manifest: { name, exports = {} } }) =>
  Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => name + entry.slice(1)),
)
const usage = readFileSync(join(FIXTURES, 'usage.ts'), 'utf8')

let failures = 0
const report = (name: string, problems: readonly string[]): void => {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  for (const problem of problems) console.log(`         ${problem}`)
  if (problems.length > 0) failures += 1
}

const PROGRAMS = ['load.mjs', 'load.cjs', 'pay.mjs']

const checkLoading = (dir: string): void => {
  for (const file of PROGRAMS) copyFileSync(join(FIXTURES, file), join(dir, file))
  const nodes = promisedNodes()
  for (const { path, version } of nodes) {
    for (const file of PROGRAMS) {
      const { ok, output } = run(path, [file, ...entries], dir)
      report(`Node ${version} ${file}`, ok ? [] : [output])
    }
  }
  if (!nodes.some(({ version }) => version.startsWith('20.'))) {
    console.log('not run: Node 20.19 (none on this machine; F2F_NODE20 may name one)')
  }
}

/** Every command starts, from where npm links it. */
const checkCommands = (dir: string): void => {
  for (const name of packages.flatMap(({ manifest: { bin = {} } }) => Object.keys(bin))) {
    const { ok, output } = run(process.execPath, [join('node_modules/.bin', name), '--help'], dir)
    report(`command ${name}`, ok && output.includes(name) ? [] : [output])
  }
}

const dir = createConsumer(packages, { ...TYPESCRIPTS, '@types/node': OLDEST_NODE_TYPES })
try {
  console.log(`${packages.map(({ manifest }) => manifest.name).join(', ')} packed and installed`)
  checkLoading(dir)
  checkCommands(dir)
  for (const framework of FRAMEWORKS) report(`f2f init ${framework}`, await starterProblems(dir, framework))
  for (const { name, problems } of checkTypes(dir, usage)) report(name, problems)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1
