import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What is on disk after an installation. */
export interface Installed {
  readonly packages: number
  readonly files: number
  readonly bytes: number
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** The folder of `name` as Node finds it from `from`, or nothing when it is not installed. */
const find = (name: string, from: string): string | undefined => {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  const place = places.find((each) => existsSync(join(each, name, 'package.json')))
  return place === undefined ? undefined : realpathSync(join(place, name))
}

/** What npm installs along with a package: dependencies, optional ones that fit the machine, peers that are demanded. */
const companions = (folder: string): readonly string[] => {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifestOf(folder)
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true)
  const needed = [...Object.keys(dependencies ?? {}), ...peers].filter(
    (name) => !(name in (optionalDependencies ?? {})),
  )
  const found = needed.map((name) => {
    const place = find(name, folder)
    if (place === undefined) throw new Error(`${name}, which ${folder} needs, is not installed`)
    return place
  })
  const optional = Object.keys(optionalDependencies ?? {}).flatMap((name) => find(name, folder) ?? [])
  return [...found, ...optional]
}

/** Folders of packages and of all that comes with them, one for each name and version. */
export const closureOf = (folders: readonly string[]): ReadonlyMap<string, string> => {
  const closure = new Map<string, string>()
  const add = (folder: string): void => {
    const { name, version } = manifestOf(folder)
    if (closure.has(`${name}@${version}`)) return
    closure.set(`${name}@${version}`, folder)
    for (const companion of companions(folder)) add(companion)
  }
  for (const folder of folders) add(folder)
  return closure
}

const isOfWorkspace = (folder: string): boolean => !folder.includes('node_modules')

/** A package of the workspace as it would be published. */
const packed = async (folder: string): Promise<Omit<Installed, 'packages'>> => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder })
  const [pack] = JSON.parse(stdout) as { entryCount: number; unpackedSize: number }[]
  return { files: pack?.entryCount ?? 0, bytes: pack?.unpackedSize ?? 0 }
}

const onDisk = (folder: string): Omit<Installed, 'packages'> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.slice(folder.length).includes('/node_modules/'))
  return { files: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) }
}

const sizes = new Map<string, Promise<Omit<Installed, 'packages'>>>()

const sizeOf = (folder: string): Promise<Omit<Installed, 'packages'>> => {
  const known = sizes.get(folder)
  if (known !== undefined) return known
  const size = isOfWorkspace(folder) ? packed(folder) : Promise.resolve(onDisk(folder))
  sizes.set(folder, size)
  return size
}

/** What installing these packages puts on the disk; nothing is downloaded. */
export const installed = async (names: readonly string[]): Promise<Installed> => {
  const roots = names.map((name) => {
    const folder = find(name, import.meta.dirname)
    if (folder === undefined) throw new Error(`${name} is not installed`)
    return folder
  })
  const folders = [...closureOf(roots).values()]
  const each = await Promise.all(folders.map(sizeOf))
  return {
    packages: folders.length,
    files: each.reduce((sum, { files }) => sum + files, 0),
    bytes: each.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
