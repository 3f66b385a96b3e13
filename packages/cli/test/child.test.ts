import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/shop.ts'

/** The command as it is shipped; `turbo run test` builds it first. */
const COMMAND = fileURLToPath(new URL('../bin/f2f.js', import.meta.url))

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const start = (cwd: string, ...line: string[]) => {
  const child = spawn(process.execPath, [COMMAND, ...line], { cwd, env: { LANG: 'C' }, stdio: 'pipe' })
  running.push(child)
  return child
}

const ended = async (child: ReturnType<typeof start>, input = '') => {
  child.stdin.end(input)
  const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { stdout, stderr, exit }
}

const firstLine = async (child: ReturnType<typeof start>): Promise<string> => {
  for await (const line of createInterface(child.stdout)) return line
  throw new Error('The command said nothing.')
}

test('wrong usage, and --version', async () => {
  const cwd = temporaryFolder()
  const [wrong, version] = await Promise.all([ended(start(cwd, 'nope', '--json')), ended(start(cwd, '--version'))])
  expect(wrong).toMatchObject({ exit: 2, stdout: '' })
  expect(JSON.parse(wrong.stderr).error.code).toBe('USAGE')
  expect(version).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

describe('f2f simulate', () => {
  test('--dir writes a configuration and keys that other commands use, keeps them, and ends on SIGTERM', async () => {
    const cwd = temporaryFolder()
    const child = start(cwd, 'simulate', '--dir', '.', '--port', '0', '--json')
    const said = JSON.parse(await firstLine(child))
    expect(said).not.toHaveProperty('appPrivateKey')
    const key = join(cwd, 'simulator/app-private.pem')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const paid = await ended(start(cwd, 'pay', '8.88', '--json'), '280000000000000000\n')
    expect(paid).toMatchObject({ exit: 0, stderr: '' })
    expect(JSON.parse(paid.stdout).status).toBe('paid')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])

    const before = readFileSync(key, 'utf8')
    const again = start(cwd, 'simulate', '--dir', '.', '--port', '0', '--json')
    await firstLine(again)
    expect(readFileSync(key, 'utf8')).toBe(before)
    const second = await ended(start(cwd, 'pay', '8.88'), '280000000000000000\n')
    expect(second).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringContaining('paid') })
    expect(existsSync(join(cwd, 'f2f-payments.db'))).toBe(true)
  }, 60_000)

  test.each(['[1', 'null', '{}'])('--dir leaves a configuration that is not its own: %s', async (content) => {
    const cwd = temporaryFolder()
    const path = join(cwd, 'f2f.config.json')
    writeFileSync(path, content)
    const said = await ended(start(cwd, 'simulate', '--dir', '.', '--port', '0', '--json'))
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toBe('EXISTS')
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('Ctrl-C while a payment waits leaves it to watch, with exit code 3', async () => {
    const cwd = temporaryFolder()
    const simulator = start(cwd, 'simulate', '--dir', '.', '--port', '0', '--json')
    const { control } = JSON.parse(await firstLine(simulator))
    const waiting = start(cwd, 'pay', '1', '--out-trade-no', 'T1')
    waiting.stdin.end('280000000000000009\n')
    const status = async () => ((await (await fetch(`${control}/trades/T1`)).json()) as { status?: string }).status
    await expect.poll(status, { timeout: 20_000 }).toBe('WAIT_BUYER_PAY')
    waiting.kill('SIGINT')
    const [said, [exit]] = await Promise.all([text(waiting.stderr), once(waiting, 'exit')])
    expect({ exit, said }).toEqual({ exit: 3, said: expect.stringContaining('f2f watch T1') })
    await fetch(`${control}/trades/T1/confirm`, { method: 'POST' })
    expect(await ended(start(cwd, 'watch', 'T1'))).toMatchObject({ exit: 0, stdout: expect.stringContaining('paid') })
  }, 60_000)
})
