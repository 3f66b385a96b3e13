import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT, type WorkspacePackage } from './workspace.ts'

/** Runs a command outside the workspace's own module paths; its output is shown when it fails. */
export const run = (command: string, args: readonly string[], cwd: string): { ok: boolean; output: string } => {
  const { NODE_PATH: _, ...env } = process.env
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim() }
}

const must = (command: string, args: readonly string[], cwd: string): void => {
  const { ok, output } = run(command, args, cwd)
  if (!ok) throw new Error(`${command} ${args.join(' ')}\n${output}`)
}

export const writeFiles = (dir: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
}

/** Packs each package as it would be published; returns package name → tarball. */
const pack = (packages: readonly WorkspacePackage[], into: string): Readonly<Record<string, string>> => {
  const tarballs = packages.map(({ dir, manifest: { name } }) => {
    must('pnpm', ['pack', '--pack-destination', join(into, name)], join(ROOT, dir))
    return [name, `file:${globSync(join(into, name, '*.tgz'))[0]}`] as const
  })
  return Object.fromEntries(tarballs)
}

/** A throwaway project outside the workspace, with the packed packages and `tools` installed by npm. */
export const createConsumer = (
  packages: readonly WorkspacePackage[],
  tools: Readonly<Record<string, string>>,
): string => {
  const dir = mkdtempSync(join(tmpdir(), 'f2f-consumers-'))
  const tarballs = pack(packages, join(dir, 'tarballs'))
  const manifest = { private: true, dependencies: { ...tarballs, ...tools }, overrides: tarballs }
  writeFiles(dir, { 'package.json': JSON.stringify(manifest) })
  must('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'], dir)
  return dir
}
