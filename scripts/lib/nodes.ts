import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface NodeBinary {
  readonly path: string
  /** Such as `20.19.0`. */
  readonly version: string
}

const versionOf = (path: string): string | undefined => {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '')
  } catch {
    return undefined
  }
}

/** True from Node 20.19 on: what every published package promises. */
export const isPromised = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}

/** The Nodes of this machine that the packages promise to run on, one of each version: `F2F_NODE20`, this one, `PATH`. */
export const promisedNodes = (): readonly NodeBinary[] => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']
  const onPath = folders.filter((folder) => !folder.includes('node_modules')).map((folder) => join(folder, 'node'))
  const found = new Map<string, NodeBinary>()
  for (const path of [process.env.F2F_NODE20 ?? '', process.execPath, ...onPath]) {
    const version = existsSync(path) ? versionOf(path) : undefined
    if (version !== undefined && isPromised(version) && !found.has(version)) found.set(version, { path, version })
  }
  return [...found.values()]
}
