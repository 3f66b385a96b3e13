import type { Manifest } from './workspace.ts'

/** A package as it is in its tarball. */
export interface Packed {
  /** The manifest in the tarball. */
  readonly manifest: Manifest & { readonly license?: string; readonly repository?: Repository }
  /** Paths in the tarball. */
  readonly files: readonly string[]
}

interface Repository {
  readonly type?: string
  readonly url?: string
  readonly directory?: string
}

/** What every package of a release must agree with. */
export interface Release {
  /** Name → version, of every package that is published. */
  readonly versions: ReadonlyMap<string, string>
  /** `owner/name` on GitHub; undefined when nobody has said. */
  readonly repository: string | undefined
}

const NEEDED = ['README.md', 'LICENSE', 'package.json']
const NEVER = /(?:^|\/)(?:node_modules|\.git|\.npmrc|\.env)(?:\/|$)|\.(?:pem|key|tgz|db|tsbuildinfo)$|^(?:src|test)\//
/** Run at the user's side without being asked. */
export const AT_INSTALLATION: readonly string[] = ['preinstall', 'install', 'postinstall', 'prepare']
const LOCAL_RANGE = /^(?:workspace|catalog|file|link):/

const dependencyProblems = ({ manifest }: Packed, { versions }: Release): readonly string[] => {
  const { dependencies, peerDependencies, optionalDependencies } = manifest
  return Object.entries({ ...optionalDependencies, ...peerDependencies, ...dependencies }).flatMap(([name, range]) => {
    if (LOCAL_RANGE.test(range)) return [`needs ${name} as ${range}, which only this workspace understands`]
    if (!name.startsWith('@f2f/') || range === `^${versions.get(name)}`) return []
    return [`needs ${name} ${range}; this release has ${versions.get(name) ?? 'no such package'}`]
  })
}

const repositoryProblems = ({ manifest }: Packed, dir: string, { repository }: Release): readonly string[] => {
  if (repository === undefined) return []
  const { type, url, directory } = manifest.repository ?? {}
  const isNamed = type === 'git' && url === `git+https://github.com/${repository}.git` && directory === dir
  return isNamed ? [] : [`does not name ${repository} and ${dir} as its repository, so it can have no provenance`]
}

/**
 * What is wrong with a packed package.
 *
 * @param dir - its folder in the repository
 */
export const packedProblems = (packed: Packed, dir: string, release: Release): readonly string[] => {
  const { manifest, files } = packed
  const { name, version, license, scripts = {} } = manifest
  return [
    ...(version === release.versions.get(name) && version !== '0.0.0' ? [] : [`has version ${version}`]),
    ...(license === 'MIT' ? [] : [`has the licence ${license}`]),
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `has no ${file}`),
    ...files.filter((file) => NEVER.test(file)).map((file) => `has ${file} in it`),
    ...AT_INSTALLATION.filter((script) => script in scripts).map((script) => `has a script ${script}`),
    ...dependencyProblems(packed, release),
    ...repositoryProblems(packed, dir, release),
  ].map((problem) => `${name} ${problem}`)
}

interface Workflow {
  readonly jobs?: Readonly<Record<string, Job>>
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: readonly { readonly env?: Readonly<Record<string, string>> }[]
}

/** What keeps the release workflow from publishing with provenance and without a stored token. */
export const workflowProblems = ({ jobs = {} }: Workflow): readonly string[] => {
  const environments = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ env = {} }) => env))
  const hasIdentity = Object.values(jobs).some(({ permissions = {} }) => permissions['id-token'] === 'write')
  const hasProvenance = environments.some((env) => env.NPM_CONFIG_PROVENANCE === 'true')
  const secrets = environments.flatMap(Object.entries).filter(([, value]) => /secrets\.(?!GITHUB_TOKEN)/.test(value))
  return [
    ...(hasIdentity ? [] : ['no job may ask for an identity (permissions: id-token: write)']),
    ...(hasProvenance ? [] : ['no step publishes with NPM_CONFIG_PROVENANCE']),
    ...secrets.map(([name]) => `${name} is a stored secret; trusted publishing needs none`),
  ].map((problem) => `release workflow: ${problem}`)
}
