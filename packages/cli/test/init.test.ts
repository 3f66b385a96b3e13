import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { FRAMEWORKS, STARTERS } from '../src/init/manifest.ts'
import { openShop, temporaryFolder } from './support/shop.ts'
import { answerOf, f2f } from './support/terminal.ts'

/** Inside this package, so that the starter finds the workspace's packages as it would find installed ones. */
const PLACE = fileURLToPath(new URL('../.artifacts/starters/', import.meta.url))
const TSC = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('no stdout')
  for await (const line of createInterface(child.stdout)) return line
  throw new Error('The starter said nothing.')
}

const started = async (dir: string, main: string) => {
  const child = spawn(process.execPath, ['--env-file=.env', main], {
    cwd: dir,
    env: { PATH: process.env.PATH, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, url: await firstLine(child) }
}

describe.each(FRAMEWORKS)('f2f init %s', (framework) => {
  test('writes a back end that compiles, takes a payment and its notifications, and ends cleanly', async () => {
    const shop = await openShop()
    rmSync(join(PLACE, framework), { recursive: true, force: true })
    mkdirSync(PLACE, { recursive: true })
    const said = await f2f(['init', framework, framework, '--json'], { cwd: PLACE })
    expect(said).toMatchObject({ exit: 0, stderr: '' })
    const { dir, files } = answerOf<{ dir: string; files: string[] }>(said)
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', '.gitignore', '.env', 'src/main.ts']))
    expect(statSync(join(dir, '.env')).mode & 0o777).toBe(0o600)
    expect(await f2f(['init', framework, framework], { cwd: PLACE })).toMatchObject({ exit: 2, stdout: '' })

    execFileSync(process.execPath, [TSC, '-p', dir], { stdio: 'pipe' })
    const path = join(dir, 'f2f.config.json')
    const config = JSON.parse(readFileSync(path, 'utf8'))
    const { gateway } = shop.server
    const files_ = { privateKeyFile: join(shop.dir, 'own.pem'), alipayPublicKeyFile: join(shop.dir, 'alipay.pem') }
    writeFileSync(path, JSON.stringify({ ...config, ...files_, gateway, appId: shop.simulator.appId }))

    const { child, url } = await started(dir, STARTERS[framework].isBuilt ? 'dist/main.js' : 'src/main.ts')
    const token = readFileSync(join(dir, '.env'), 'utf8').trim().slice('TILL_TOKEN='.length)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ authCode: '280000000000000000', totalAmount: '8.88', subject: '拿铁' })
    const order = { method: 'POST', body }
    expect((await fetch(`${url}/payments`, { ...order, headers: { 'content-type': 'application/json' } })).status).toBe(
      401,
    )
    const begun = await fetch(`${url}/payments`, { ...order, headers })
    expect(begun.status).toBe(201)
    const { outTradeNo } = (await begun.json()) as { outTradeNo: string }
    const ended = await fetch(`${url}/payments/${outTradeNo}?wait=20`, { headers })
    expect(await ended.json()).toMatchObject({ status: 'paid', totalAmount: '8.88' })
    const forged = await fetch(`${url}/notify`, { method: 'POST', body: new URLSearchParams({ sign: 'x' }) })
    expect(await forged.text()).toBe('fail')

    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await gone).toSatisfy((code) => code === 0 || code === null)
  }, 60_000)
})

test('the versions are those this package is tested with', () => {
  const tested: Record<string, string> = manifest.devDependencies
  for (const { dependencies, devDependencies } of Object.values(STARTERS)) {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, tested[name]]).toEqual([name, version])
  }
})

test('another framework, or a folder with something in it, is refused', async () => {
  const cwd = temporaryFolder()
  expect(await f2f(['init', 'rails'], { cwd })).toMatchObject({ exit: 2 })
  expect((await f2f(['init', 'koa', 'my shop'], { cwd })).stdout).toContain("cd 'my shop'")
  writeFileSync(join(cwd, 'mine'), '')
  expect((await f2f(['init', 'koa', '--lang', 'zh'], { cwd })).stderr).toContain('不是空文件夹')
})
