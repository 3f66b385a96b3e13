/**
 * `pnpm release` publishes what the registry does not have yet; only the release workflow does that.
 * `pnpm release --dry-run` shows what the next release would be, and publishes nothing: it takes the last commit into a
 * folder of its own, does there what the workflow does (versions from the changesets, build, pack), and looks at every
 * tarball. The registry is not asked.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Packed, packedProblems, workflowProblems } from './lib/release.ts'
import { publicPackages, ROOT } from './lib/workspace.ts'

/** Set by GitHub in a job that may ask for an identity. Not for turbo's tasks: a build must not have it. */
const { env: workflow } = process

const read = (command: string, args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`)
}

/** As `owner/name`: of the workflow, or of the clone. */
const repositoryName = (): string | undefined => {
  if (workflow.GITHUB_REPOSITORY) return workflow.GITHUB_REPOSITORY
  const { stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], { cwd: ROOT, encoding: 'utf8' })
  return /github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\s*$/.exec(stdout)?.[1]
}

const packIn = (folder: string, dir: string, into: string): Packed & { readonly bytes: number } => {
  const packed = read('pnpm', ['pack', '--json', '--pack-destination', into], join(folder, dir))
  const { filename } = JSON.parse(packed) as { filename: string }
  const manifest = JSON.parse(read('tar', ['-xzOf', filename, 'package/package.json'], into)) as Packed['manifest']
  // Of the tarball itself: pnpm's own list leaves out the licence it adds.
  const files = read('tar', ['-tzf', filename], into).trim().split('\n')
  return { manifest, files: files.map((path) => path.slice('package/'.length)).sort(), bytes: statSync(filename).size }
}

/** Does in `folder` what the release workflow does before it publishes. */
const prepare = (folder: string, repository: string | undefined): void => {
  read('git', ['clone', '--quiet', '--no-hardlinks', ROOT, folder], ROOT)
  read('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], folder)
  if (repository !== undefined) read('node', ['scripts/name-repository.ts', repository], folder)
  read('pnpm', ['exec', 'changeset', 'version'], folder)
  read('node', ['scripts/turbo.ts', 'build', '--filter=./packages/*', '--output-logs=errors-only'], folder)
}

const dryRun = (): number => {
  const repository = repositoryName()
  const dir = mkdtempSync(join(tmpdir(), 'f2f-release-'))
  try {
    const folder = join(dir, 'f2f')
    console.log(
      `Dry run of commit ${read('git', ['rev-parse', '--short', 'HEAD'], ROOT).trim()}: nothing is published.`,
    )
    if (read('git', ['status', '--porcelain'], ROOT) !== '')
      console.log('Changes that are not committed are not in it.')
    prepare(folder, repository)

    const packages = publicPackages(folder)
    const versions = new Map(packages.map(({ manifest: { name, version } }) => [name, version]))
    const problems = [...workflowProblems(parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')))]
    for (const { dir: place } of packages) {
      const packed = packIn(folder, place, dir)
      const { name, version } = packed.manifest
      console.log(`\n${name} ${version}: ${packed.files.length} files, ${packed.bytes} bytes packed`)
      for (const file of packed.files) console.log(`  ${file}`)
      problems.push(...packedProblems(packed, place, { versions, repository }))
    }

    console.log(
      `\n${packages.length} packages: ${[...versions].map(([name, version]) => `${name} ${version}`).join(', ')}`,
    )
    console.log(
      repository === undefined
        ? 'not checked: which repository the provenance would name (no GITHUB_REPOSITORY, no remote on GitHub)'
        : `provenance would name ${repository}`,
    )
    for (const problem of problems) console.error(problem)
    return problems.length === 0 ? 0 : 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const publish = (): number => {
  if (workflow.ACTIONS_ID_TOKEN_REQUEST_URL === undefined) {
    console.error('Only the release workflow publishes; nothing was done. `pnpm release --dry-run` shows a release.')
    return 2
  }
  read('pnpm', ['build'], ROOT)
  return spawnSync('pnpm', ['exec', 'changeset', 'publish'], { cwd: ROOT, stdio: 'inherit' }).status ?? 1
}

const args = process.argv.slice(2).filter((arg) => arg !== '--')
if (args.some((arg) => arg !== '--dry-run')) throw new Error('Usage: pnpm release [--dry-run]')
process.exitCode = args.includes('--dry-run') ? dryRun() : publish()
