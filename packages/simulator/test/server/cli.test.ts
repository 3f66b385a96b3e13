import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createAlipay } from '@f2f/core'
import { afterEach, describe, expect, test } from 'vitest'
import { newCode, newNumber } from '../support/simulator.ts'

/** The command as it is shipped; `turbo run test` builds it first. */
const COMMAND = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

const run = (...args: string[]) => {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

const runToEnd = async (...args: string[]) => {
  const child = run(...args)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { stdout, stderr, code }
}

/** Lines of a child's output, until it says no more. */
const firstLine = async (child: ReturnType<typeof run>): Promise<string> => {
  for await (const line of createInterface(child.stdout)) return line
  throw new Error('The command said nothing.')
}

describe('f2f-simulator --json', () => {
  test('prints one line with addresses and keys that work, and ends cleanly on SIGTERM', async () => {
    const child = run('--port', '0', '--json')
    const rest: string[] = []
    const line = await firstLine(child)
    child.stdout.on('data', (more) => rest.push(String(more)))
    const credentials = JSON.parse(line)
    expect(Object.keys(credentials)).toEqual([
      'gateway',
      'control',
      'wallet',
      'appId',
      'appPrivateKey',
      'appPublicKey',
      'alipayPublicKey',
    ])
    const alipay = createAlipay({
      appId: credentials.appId,
      privateKey: credentials.appPrivateKey,
      alipayPublicKey: credentials.alipayPublicKey,
      gateway: credentials.gateway,
    })
    const order = { out_trade_no: newNumber(), auth_code: newCode('00'), subject: '咖啡', total_amount: '1.00' }
    expect(await alipay.pay({ ...order, scene: 'bar_code' })).toMatchObject({ code: '10000' })
    expect(await (await fetch(`${credentials.control}/trades`)).json()).toHaveLength(1)

    child.kill('SIGTERM')
    const [code, signal] = await once(child, 'exit')
    expect({ code, signal, rest }).toEqual({ code: 0, signal: null, rest: [] })
  })

  test('ends cleanly on SIGINT too, with a trade still waiting', async () => {
    const child = run('--port', '0', '--json')
    const { wallet } = JSON.parse(await firstLine(child))
    expect((await fetch(wallet)).status).toBe(200)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('f2f-simulator for people', () => {
  test('says where it listens', async () => {
    const child = run('--port', '0')
    expect(await firstLine(child)).toBe('The Alipay simulator is listening.')
  })

  test('--help explains every option', async () => {
    const { stdout, code } = await runToEnd('--help')
    expect(code).toBe(0)
    for (const option of ['--port', '--host', '--seed', '--json', '--help']) expect(stdout).toContain(option)
  })

  test('a taken port is told in one sentence', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const { port } = blocker.address() as AddressInfo
    const { stdout, stderr, code } = await runToEnd('--port', String(port), '--json')
    blocker.close()
    expect({ stdout, stderr, code }).toEqual({
      stdout: '',
      stderr: `Port ${port} is taken. Choose another with --port, or --port 0.\n`,
      code: 1,
    })
  })

  test.each([
    [['--port', 'x'], '--port must be a whole number from 0 to 65535, not "x".'],
    [['--seed', '-1'], "'--seed'"],
    [['--gift'], '--gift'],
    [['stray'], 'stray'],
  ])('%o is a mistake with an explanation and no stack', async (args, words) => {
    const { stderr, code } = await runToEnd(...args)
    expect(code).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('    at ')
  })
})
