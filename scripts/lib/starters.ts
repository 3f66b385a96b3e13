import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { run } from './consumer-project.ts'

export const FRAMEWORKS = ['express', 'koa', 'nest'] as const

/** Makes npm take the packed packages in place of published ones. */
const takeTarballs = (dir: string, tarballs: string): void => {
  const packed = Object.fromEntries(
    globSync('@f2f/*/*.tgz', { cwd: tarballs }).map((path) => [
      path.split(/[\\/]/).slice(0, 2).join('/'),
      `file:${join(tarballs, path)}`,
    ]),
  )
  const path = join(dir, 'package.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<'dependencies' | 'devDependencies', object>
  const taken = (wanted: object) =>
    Object.fromEntries(Object.entries(wanted).map(([name, range]) => [name, packed[name] ?? range]))
  const { dependencies, devDependencies } = manifest
  const changed = { dependencies: taken(dependencies), devDependencies: taken(devDependencies), overrides: packed }
  writeFileSync(path, JSON.stringify({ ...manifest, ...changed }))
}

/** The first line it says that has an address in it. */
const addressOf = async (child: ChildProcess): Promise<string> => {
  const lines: string[] = []
  if (child.stdout !== null)
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      const [address] = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(line) ?? []
      if (address !== undefined) return address
    }
  throw new Error(`It ended without an address: ${lines.join('\n')}`)
}

const paid = async (url: string, token: string): Promise<string> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ authCode: '280000000000000000', totalAmount: '8.88', subject: '拿铁' })
  const begun = await fetch(`${url}/payments`, { method: 'POST', headers, body })
  const { outTradeNo } = (await begun.json()) as { outTradeNo?: string }
  const ended = await fetch(`${url}/payments/${outTradeNo}?wait=20`, { headers })
  return ((await ended.json()) as { status: string }).status
}

/**
 * Does what the README of a starter says, with packed packages: `f2f init`, `npm install`, the simulator, the back end,
 * a payment.
 *
 * @param consumer - where the packages are installed
 * @returns what went wrong
 */
export const starterProblems = async (consumer: string, framework: string): Promise<readonly string[]> => {
  const dir = join(consumer, 'starters', framework)
  const f2f = join(consumer, 'node_modules/.bin/f2f')
  const steps: [string, readonly string[], string][] = [
    [process.execPath, [f2f, 'init', framework, dir], consumer],
    ['npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], dir],
    ['npm', ['run', framework === 'nest' ? 'build' : 'typecheck'], dir],
  ]
  for (const [command, args, cwd] of steps) {
    if (cwd === dir && args[0] === 'install') takeTarballs(dir, join(consumer, 'tarballs'))
    const { ok, output } = run(command, args, cwd)
    if (!ok) return [output]
  }
  const children: ChildProcess[] = []
  const start = (args: readonly string[]): Promise<string> => {
    const env = { PATH: process.env.PATH, PORT: '0' }
    const child = spawn(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return addressOf(child)
  }
  try {
    await start([join(dir, 'node_modules/.bin/f2f'), 'simulate', '--dir', '.', '--port', '0'])
    const url = await start(['--env-file=.env', framework === 'nest' ? 'dist/main.js' : 'src/main.ts'])
    const token = readFileSync(join(dir, '.env'), 'utf8').trim().slice('TILL_TOKEN='.length)
    const status = await paid(url, token)
    return status === 'paid' ? [] : [`the payment was ${status}`]
  } catch (error) {
    return [String(error)]
  } finally {
    for (const child of children.reverse()) {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGTERM')
      await ended
    }
  }
}
