import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseKey } from '@f2f/core'
import { createSimulator } from '@f2f/simulator'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './support/shop.ts'
import { answerOf, f2f } from './support/terminal.ts'

const modeOf = (path: string): number => statSync(path).mode & 0o777
const secretLines = (path: string): readonly string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.length >= 40)

describe('keys new', () => {
  test('makes a pair that works, as the console wants it, and shows nothing of the private key', async () => {
    const cwd = temporaryFolder()
    const said = await f2f(['keys', 'new', '--json'], { cwd })
    expect(said).toMatchObject({ exit: 0, stderr: '' })
    const { files, publicKey } = answerOf<{ files: Record<string, string>; publicKey: string }>(said)
    const { private: own = '', public: pem = '', console: pasted = '' } = files
    expect([own, pem, pasted].map(modeOf)).toEqual([0o600, 0o644, 0o644])
    expect(readFileSync(pasted, 'utf8')).toBe(`${publicKey}\n`)
    expect(parseKey(publicKey, 'public').equals(parseKey(readFileSync(pem, 'utf8')))).toBe(true)
    for (const line of secretLines(own)) expect(said.stdout).not.toContain(line)
    const check = await f2f(['keys', 'check', own, pem, '--json'], { cwd })
    expect(check.exit).toBe(0)
    expect(answerOf(check)).toMatchObject({
      relation: 'pair',
      files: [{ kind: 'private', structure: 'PKCS#8', bits: 2048 }, {}],
    })
    expect(await f2f(['keys', 'check', own, pasted, '--alipay'], { cwd })).toMatchObject({ exit: 1 })
  })

  test.each(['app-private.pem', 'app-public.pem', 'app-public-console.txt'])(
    'leaves everything as it is when %s is there',
    async (name) => {
      const cwd = temporaryFolder()
      writeFileSync(join(cwd, name), 'mine')
      const said = await f2f(['keys', 'new', '--json'], { cwd })
      expect(said).toMatchObject({ exit: 2, stdout: '' })
      expect(JSON.parse(said.stderr).error.code).toBe('EXISTS')
      expect(readFileSync(join(cwd, name), 'utf8')).toBe('mine')
    },
  )

  test.each([
    ['--bits', '1024'],
    ['--name', '../x'],
  ])('refuses %s %s', async (...option) => {
    expect(await f2f(['keys', 'new', ...option], { cwd: temporaryFolder() })).toMatchObject({ exit: 2, stdout: '' })
  })
})

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const FORMS = {
  'pkcs8-pem': ['private', 'PKCS#8', 'PEM'],
  'pkcs8-base64': ['private', 'PKCS#8', 'base64'],
  'pkcs1-pem': ['private', 'PKCS#1', 'PEM'],
  'pkcs1-base64': ['private', 'PKCS#1', 'base64'],
  'public-pem': ['public', 'SPKI', 'PEM'],
  'public-base64': ['public', 'SPKI', 'base64'],
} as const

describe('keys convert and check', () => {
  test.each(Object.entries(FORMS))('to %s and back', async (form, [kind, structure, encoding]) => {
    const cwd = temporaryFolder()
    const from = join(cwd, 'from.pem')
    writeFileSync(from, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const said = await f2f(['keys', 'convert', from, '--to', form, '--out', 'out.key'], { cwd })
    expect(said).toMatchObject({ exit: 0, stderr: '' })
    const out = join(cwd, 'out.key')
    expect(modeOf(out)).toBe(kind === 'private' ? 0o600 : 0o644)
    const check = await f2f(['keys', 'check', out, from, '--json'], { cwd })
    const relation = kind === 'private' ? 'same' : 'pair'
    expect(answerOf(check)).toMatchObject({ relation, files: [{ kind, structure, encoding, bits: 2048 }, {}] })
    expect(await f2f(['keys', 'convert', from, '--to', form, '--out', 'out.key'], { cwd })).toMatchObject({ exit: 2 })
  })

  test('a private key is never shown, a public one is', async () => {
    const cwd = temporaryFolder()
    const from = join(cwd, 'from.pem')
    writeFileSync(from, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    expect(await f2f(['keys', 'convert', from, '--to', 'pkcs1-pem'], { cwd })).toMatchObject({ exit: 2, stdout: '' })
    const shown = await f2f(['keys', 'convert', from, '--to', 'public-pem'], { cwd })
    expect(shown.stdout).toBe(pair.publicKey.export({ type: 'spki', format: 'pem' }))
  })

  test.each([
    ['no key', 'hello'],
    [
      'an elliptic key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ],
    ['empty', ''],
  ])('%s is refused without showing it', async (_, content) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'x'), content)
    const said = await f2f(['keys', 'check', 'x', '--json'], { cwd })
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toMatch(/^CONFIG_KEY/)
    for (const line of content.split('\n').slice(1, 2)) expect(said.stderr).not.toContain(line)
  })

  test('a missing file, an unknown form, a private key out of a public one', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'p'), pair.publicKey.export({ type: 'spki', format: 'pem' }))
    expect(await f2f(['keys', 'check', 'gone'], { cwd })).toMatchObject({ exit: 2 })
    expect(await f2f(['keys', 'convert', 'p', '--to', 'x'], { cwd })).toMatchObject({ exit: 2 })
    expect(await f2f(['keys', 'convert', 'p', '--to', 'pkcs8-pem', '--out', 'q'], { cwd })).toMatchObject({ exit: 2 })
    expect(await f2f(['keys', 'check', 'p', '--alipay'], { cwd })).toMatchObject({ exit: 2 })
  })

  test('warns of short keys and of files others can read', async () => {
    const cwd = temporaryFolder()
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    writeFileSync(join(cwd, 'k'), short.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o644 })
    const said = await f2f(['keys', 'check', 'k', '--json'], { cwd })
    expect(said.exit).toBe(5)
    expect(answerOf<{ warnings: string[] }>(said).warnings).toHaveLength(2)
  })

  test('reads certificates', async () => {
    const cwd = temporaryFolder()
    const simulator = createSimulator()
    writeFileSync(join(cwd, 'own.pem'), simulator.appPrivateKey, { mode: 0o600 })
    writeFileSync(join(cwd, 'app.crt'), simulator.certificates.app)
    const said = await f2f(['keys', 'check', 'own.pem', 'app.crt'], { cwd })
    expect(said.exit).toBe(0)
    expect(said.stdout).toMatch(/certificate, X\.509.*\n {2}SN [0-9a-f]{32}/)
    expect(said.stdout).toContain('a pair')
    simulator.close()
  })
})
