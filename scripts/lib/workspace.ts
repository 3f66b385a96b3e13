import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The repository's root folder. */
export const ROOT = resolve(import.meta.dirname, '../..')

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  /** Relative to the root, with `/`. */
  readonly dir: string
  readonly manifest: Manifest
}

const FOLDERS = ['packages/*', 'apps/*', 'bench', 'docs', 'scripts', 'trials']

/** Every package of the workspace, in the order of its folders. */
export const workspacePackages = (root = ROOT): readonly WorkspacePackage[] =>
  FOLDERS.flatMap((folder) => globSync(folder, { cwd: root }).sort())
    .filter((dir) => existsSync(join(root, dir, 'package.json')))
    .map((dir) => ({ dir, manifest: JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as Manifest }))

/** The packages that are published. */
export const publicPackages = (root = ROOT): readonly WorkspacePackage[] =>
  workspacePackages(root).filter(({ manifest }) => manifest.private !== true)

/** The packages that have tests. */
export const testedPackages = (root = ROOT): readonly WorkspacePackage[] =>
  workspacePackages(root).filter(({ manifest }) => manifest.scripts?.test !== undefined)
