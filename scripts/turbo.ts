import { spawnSync } from 'node:child_process'
import { ROOT } from './lib/workspace.ts'

/** Runs turbo without telemetry or update checks and returns its exit code. */
export const turbo = (args: readonly string[]): number => {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' }
  const { status, error } = spawnSync('turbo', ['run', ...args], { cwd: ROOT, env, stdio: 'inherit' })
  if (error !== undefined) throw error
  return status ?? 1
}

if (import.meta.main) process.exitCode = turbo(process.argv.slice(2))
