import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@f2f/core'
import { sqliteStore } from '@f2f/sql'
import { enrolment, generateSigningKey, terminalAuth, terminalIssuer } from '@f2f/terminal-auth'
import { generateTillKey } from '@f2f/terminal-auth/till'
import { describe, expect, onTestFinished, test } from 'vitest'
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

describe('tills of a back end that shares the store', () => {
  const names = { issuer: 'https://pay.example', audience: 'pay.example' }
  const GRANT = ['--store-id', 'S1', '--scopes', 'pay,refund', '--refund-limit', '200']

  const backEnd = async () => {
    const cwd = temporaryFolder()
    const store = sqliteStore(join(cwd, 'payments.db'))
    onTestFinished(() => store.close())
    const kept = store.terminals()
    const issuer = terminalIssuer({ ...names, keys: [await generateSigningKey()], revocation: kept.revocation })
    const authenticate = terminalAuth({ ...names, jwks: issuer.jwks(), ...kept })
    const isLetIn = async (token: string): Promise<boolean> => {
      const request = new Request('http://till/', { headers: { authorization: `Bearer ${token}` } })
      const route = { operation: 'getMe', scopes: [], params: {} }
      return Promise.resolve(authenticate(request, route)).then(
        () => true,
        () => false,
      )
    }
    const run = (...line: string[]) =>
      f2f(['token', ...line, '--json'], { cwd, env: { F2F_STORE: 'sqlite:payments.db' } })
    return { cwd, tills: enrolment({ issuer, ...kept }), isLetIn, run }
  }

  test('a code enrols a till once, the till is listed, and revoking ends it', async () => {
    const { tills, isLetIn, run } = await backEnd()
    const { publicKey } = await generateTillKey()
    const invited = answerOf<{ code: string; terminalId: string }>(await run('invite', 'T1', ...GRANT))
    expect(invited.terminalId).toBe('T1')
    const { token } = await tills.enrol(invited.code, publicKey)
    await expect(tills.enrol(invited.code, publicKey)).rejects.toMatchObject({ code: 'ENROLMENT_REFUSED' })
    expect(await isLetIn(token)).toBe(true)

    const listed = await run('list')
    const till = { terminalId: 'T1', storeId: 'S1', scopes: ['pay', 'refund'], refundLimit: '200.00' }
    expect(answerOf(listed)).toEqual({ terminals: [{ ...till, enrolledAt: expect.any(String) }] })

    expect(answerOf(await run('revoke', 'T1'))).toEqual({ terminalId: 'T1', wasEnrolled: true })
    expect(await isLetIn(token)).toBe(false)
    expect(answerOf(await run('list'))).toEqual({ terminals: [] })
    expect(await run('revoke', 'T1')).toMatchObject({ exit: 0, stdout: '{"terminalId":"T1","wasEnrolled":false}\n' })
  })

  test('revoking ends a code that nobody has used', async () => {
    const { tills, run } = await backEnd()
    const { code } = answerOf<{ code: string }>(await run('invite', 'T1', ...GRANT))
    await run('revoke', 'T1')
    const { publicKey } = await generateTillKey()
    await expect(tills.enrol(code, publicKey)).rejects.toMatchObject({ code: 'ENROLMENT_REFUSED' })
  })

  test('a code lasts as long as it is told', async () => {
    const { run } = await backEnd()
    const before = systemClock.now()
    const { expiresAt } = answerOf<{ expiresAt: string }>(await run('invite', 'T1', ...GRANT, '--ttl', '60'))
    expect(Date.parse(expiresAt) - before).toBeGreaterThanOrEqual(60_000)
    expect(Date.parse(expiresAt) - systemClock.now()).toBeLessThanOrEqual(60_000)
  })

  test('people read the code, the tills, and that there are none', async () => {
    const { cwd } = await backEnd()
    const say = (...line: string[]) => f2f(['token', ...line], { cwd, env: { F2F_STORE: 'sqlite:payments.db' } })
    expect(await say('list')).toEqual({ exit: 0, stdout: '', stderr: 'No till is enrolled.\n' })
    expect((await say('invite', 'T1', ...GRANT)).stdout).toMatch(/^(\w{4}-){3}\w{4} {2}until \d{4}-/)
    expect((await say('revoke', 'T1', '--lang', 'zh')).stdout).toBe('✓ T1 已吊销\n')
  })

  test.each([
    ['no store is named', ['list'], {}, 'CONFIG'],
    ['the grant is not whole', ['invite', 'T1'], { F2F_STORE: 'sqlite:x.db' }, 'REQUEST_INVALID'],
    ['the code would last too long', ['invite', 'T1', '--ttl', '86401'], { F2F_STORE: 'sqlite:x.db' }, 'USAGE'],
    ['no till is named', ['revoke'], { F2F_STORE: 'sqlite:x.db' }, 'USAGE'],
  ])('nothing is done when %s', async (_, line, env, code) => {
    const said = await f2f(['token', ...line, '--json'], { cwd: temporaryFolder(), env })
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toBe(code)
  })
})
