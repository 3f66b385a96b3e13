import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@f2f/core'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/shop.ts'
import { answerOf, f2f } from './support/terminal.ts'

const tills = async () => {
  const cwd = temporaryFolder()
  const env = {
    F2F_TOKEN_KEY_FILE: 'token-key.json',
    F2F_TOKEN_ISSUER: 'https://pay.example',
    F2F_TOKEN_AUDIENCE: 'pay.example',
  }
  const key = await f2f(['token', 'key', '--json'], { cwd })
  const run = (line: string[], more: { env?: Record<string, string>; clock?: typeof systemClock } = {}) =>
    f2f(['token', ...line, '--json'], { cwd, env, ...more })
  return { cwd, env, key, run }
}

test('a key is made once, for its owner only, and only its id is shown', async () => {
  const { cwd, key } = await tills()
  const path = join(cwd, 'token-key.json')
  expect(key.exit).toBe(0)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const jwk = JSON.parse(readFileSync(path, 'utf8'))
  expect(answerOf(key)).toEqual({ file: path, kid: jwk.kid })
  expect(await f2f(['token', 'key'], { cwd })).toMatchObject({ exit: 2 })
})

describe('issue and inspect', () => {
  const GRANT = ['T1', '--store-id', 'S1', '--scopes', 'pay,refund', '--refund-limit', '200']

  test('a token goes to a file and is valid until it ends', async () => {
    const { cwd, run } = await tills()
    const issued = await run(['issue', ...GRANT, '--out', 't1.token'])
    expect(issued).toMatchObject({ exit: 0, stderr: '' })
    const path = join(cwd, 't1.token')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const token = readFileSync(path, 'utf8').trim()
    const inspected = await run(['inspect', 't1.token'])
    expect(inspected.exit).toBe(0)
    expect(answerOf(inspected)).toMatchObject({
      valid: true,
      terminalId: 'T1',
      storeId: 'S1',
      scopes: ['pay', 'refund'],
      refundLimit: '200.00',
      hasOwnKey: false,
    })
    expect(issued.stdout + inspected.stdout).not.toContain(token)
    const later = { ...systemClock, now: () => systemClock.now() + 601_000 }
    expect(await run(['inspect', 't1.token'], { clock: later })).toMatchObject({ exit: 1 })
  })

  test('a token of another key is not valid', async () => {
    const [ours, theirs] = [await tills(), await tills()]
    await theirs.run(['issue', ...GRANT, '--out', 't.token'])
    const said = await ours.run(['inspect', join(theirs.cwd, 't.token')])
    expect(said.exit).toBe(1)
    expect(answerOf(said)).toMatchObject({ valid: false, terminalId: 'T1' })
  })

  test.each([
    ['no file for it', ['issue', ...GRANT], 'USAGE'],
    ['no store', ['issue', 'T1', '--out', 'x'], 'REQUEST_INVALID'],
    [
      'a refund without a limit',
      ['issue', 'T1', '--store-id', 'S1', '--scopes', 'refund', '--out', 'x'],
      'REQUEST_INVALID',
    ],
    ['an unknown scope', ['issue', 'T1', '--store-id', 'S1', '--scopes', 'all', '--out', 'x'], 'REQUEST_INVALID'],
    ['too long a life', ['issue', ...GRANT, '--ttl', '86401', '--out', 'x'], 'USAGE'],
    ['a file without a token', ['inspect', 'token-key.json'], 'USAGE'],
    ['a file that is not there', ['inspect', 'gone'], 'FILE'],
  ])('%s', async (_, line, code) => {
    const { run } = await tills()
    const said = await run(line)
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toBe(code)
  })

  test('a key that is none is refused without showing it', async () => {
    const { cwd, run } = await tills()
    writeFileSync(join(cwd, 'token-key.json'), 'secret-looking')
    const said = await run(['issue', ...GRANT, '--out', 'x'])
    expect(said.exit).toBe(2)
    expect(said.stderr).not.toContain('secret-looking')
    expect(await run(['issue', ...GRANT, '--out', 'x'], { env: {} })).toMatchObject({ exit: 2 })
  })
})
