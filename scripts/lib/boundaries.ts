import { posix } from 'node:path'
import type { Import, Source } from './source.ts'
import type { Manifest, WorkspacePackage } from './workspace.ts'

const CORE = 'packages/core'
/** Packages whose results depend on their arguments alone: time and randomness come through ports. */
const PURE = [CORE, 'packages/sql', 'packages/reconcile']
/** The one file that reads the machine's clock. */
const SYSTEM_CLOCK = `${CORE}/src/clock.ts`

/** Parts of Node that are in memory before any program begins. */
const LOADED_ANYWAY = new Set(['node:buffer'])

const isRelative = (specifier: string): boolean => specifier.startsWith('.')
const isInside = (path: string, dir: string): boolean => path.startsWith(`${dir}/`)

const resolved = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier)

/** `@f2f/core/testing` → package `@f2f/core`, entry `./testing`. */
const splitSpecifier = (specifier: string): { name: string; entry: string } => {
  const [scope, name, ...rest] = specifier.split('/')
  return { name: `${scope}/${name}`, entry: rest.length === 0 ? '.' : `./${rest.join('/')}` }
}

const publicEntryProblem = (specifier: string, packages: readonly WorkspacePackage[]): string | undefined => {
  const { name, entry } = splitSpecifier(specifier)
  const target = packages.find(({ manifest }) => manifest.name === name)
  if (target === undefined) return `${specifier} is no package of this workspace`
  if (target.manifest.exports?.[entry] === undefined) return `${specifier} is not a public entry of ${name}`
  return undefined
}

const importProblem = (
  source: Source,
  { specifier, typeOnly }: Import,
  owner: WorkspacePackage,
  packages: readonly WorkspacePackage[],
): string | undefined => {
  if (isRelative(specifier)) {
    return isInside(resolved(source.path, specifier), owner.dir) ? undefined : `${specifier} leaves ${owner.dir}`
  }
  const coreSource = isInside(source.path, `${CORE}/src`)
  if (coreSource && !specifier.startsWith('node:'))
    return `core imports ${specifier}: only itself and node: are allowed`
  if (coreSource && !typeOnly && !LOADED_ANYWAY.has(specifier) && !isInside(source.path, `${CORE}/src/testing`))
    return `core loads ${specifier} at once: every start would pay for it; ask process.getBuiltinModule when it is needed`
  return specifier.startsWith('@f2f/') ? publicEntryProblem(specifier, packages) : undefined
}

/** Imports that cross a line they must not cross. */
export const importProblems = (
  sources: readonly Source[],
  owner: WorkspacePackage,
  packages: readonly WorkspacePackage[],
): readonly string[] =>
  sources.flatMap((source) =>
    source.imports.flatMap((one) => {
      const problem = importProblem(source, one, owner, packages)
      return problem === undefined ? [] : [`${source.path}:${one.line} ${problem}`]
    }),
  )

/** Time, randomness and console where only ports may be used. */
export const impurityProblems = (sources: readonly Source[]): readonly string[] =>
  sources
    .filter(({ path }) => path !== SYSTEM_CLOCK && PURE.some((dir) => isInside(path, `${dir}/src`)))
    .flatMap(({ path, impurities }) => impurities.map(({ what, line }) => `${path}:${line} ${what}: use a port`))

/** Files that, by what they load at run time, need each other. */
export const cycleProblems = (sources: readonly Source[]): readonly string[] => {
  const loads = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter((one) => isRelative(one.specifier) && !one.typeOnly).map((one) => resolved(path, one.specifier)),
    ]),
  )
  const done = new Set<string>()
  const problems: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) problems.push(`circular import: ${[...trail.slice(start), path].join(' → ')}`)
    if (start >= 0 || done.has(path)) return
    for (const next of loads.get(path) ?? []) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of loads.keys()) walk(path, [])
  return problems
}

/** Core must be installable alone. */
export const coreManifestProblems = (core: Manifest): readonly string[] =>
  (['dependencies', 'peerDependencies', 'optionalDependencies'] as const)
    .filter((field) => Object.keys(core[field] ?? {}).length > 0)
    .map((field) => `${core.name} has ${field}; it must have none`)
