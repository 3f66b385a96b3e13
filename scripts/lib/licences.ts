import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Manifest } from './workspace.ts'

/** Permissive ones: whoever uses a package of ours has nothing to do but keep the notices. */
export const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
] as const

/** Whether an SPDX expression leaves a choice of allowed licences only; of a nested one, every licence must be. */
export const isAllowed = (expression: string | undefined): boolean => {
  const names = (text: string, by: RegExp): boolean[] =>
    text.split(by).map((name) => (ALLOWED as readonly string[]).includes(name.trim()))
  const text = (expression ?? '').replace(/[()]/g, ' ')
  const isChoice = / OR /.test(text) && !/ AND /.test(text)
  return isChoice ? names(text, / OR /).some(Boolean) : names(text, / OR | AND /).every(Boolean)
}

type Installed = Manifest & { readonly license?: string; readonly licenses?: readonly { readonly type?: string }[] }

export interface Dependency {
  readonly name: string
  readonly version: string
  readonly licence: string | undefined
  /** Who brings it in, from a package of ours on. */
  readonly by: readonly string[]
}

const manifestIn = (dir: string): Installed => JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Installed

/** Where Node would find it. */
const folderOf = (name: string, from: string): string | undefined => {
  const there = join(from, 'node_modules', name)
  if (existsSync(join(there, 'package.json'))) return realpathSync(there)
  const parent = dirname(from)
  return parent === from ? undefined : folderOf(name, parent)
}

/** Names a package needs when it runs. Peers are what its user installs beside it for it. */
const neededBy = ({ dependencies, optionalDependencies, peerDependencies }: Manifest): readonly string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })

/** Everything that a package brings to whoever installs it, as far as it is installed here, without our own packages. */
export const runtimeDependencies = (root: string): readonly Dependency[] => {
  const seen = new Map<string, Dependency>()
  const visit = (dir: string, by: readonly string[]): void => {
    for (const name of neededBy(manifestIn(dir))) {
      const folder = folderOf(name, dir)
      if (folder === undefined || seen.has(folder)) continue
      const { version, license, licenses } = manifestIn(folder)
      const licence = license ?? licenses?.map(({ type }) => type).join(' OR ')
      seen.set(folder, { name, version, licence, by })
      visit(folder, [...by, name])
    }
  }
  visit(root, [manifestIn(root).name])
  return [...seen.values()].filter(({ name }) => !name.startsWith('@f2f/'))
}
