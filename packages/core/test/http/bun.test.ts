import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type HttpUnderTest, httpContract, httpShop } from '../../src/testing/index.ts'

const SERVER = fileURLToPath(new URL('bun/server.ts', import.meta.url))

/** The executable that the `bun` package brings for this machine. */
const executable = (): string => {
  const fromBun = createRequire(createRequire(import.meta.url).resolve('bun/package.json'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const arch = process.arch === 'arm64' ? 'aarch64' : process.arch
  return fromBun.resolve(`@oven/bun-${platform}-${arch}/bin/bun${process.platform === 'win32' ? '.exe' : ''}`)
}

let child: ChildProcess
let control = ''

const ask = async (what: string, body: Record<string, string> = {}): Promise<string> =>
  (await fetch(`${control}/${what}`, { method: 'POST', body: JSON.stringify(body) })).text()

beforeAll(async () => {
  const started = spawn(executable(), [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  ;[control] = (await once(createInterface({ input: started.stdout }), 'line')) as [string]
})

afterAll(async () => {
  const exit = once(child, 'exit')
  child.kill()
  await exit
})

describe('the contract holds on Bun', () => {
  const mounted = async (): Promise<HttpUnderTest> => {
    const url = await ask('open')
    const shop = httpShop()
    return {
      ...shop.mountedAt(url, async () => void (await ask('close', { url }))),
      signNotify: (params) => ask('sign', { url, params: JSON.stringify(params) }),
    }
  }
  for (const { id, name, run } of httpContract(mounted)) test(`${id} ${name}`, run)
})
