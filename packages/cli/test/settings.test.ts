import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { jsonSchema } from '../src/config/schema.ts'
import { openShop, temporaryFolder } from './support/shop.ts'
import { answerOf, f2f } from './support/terminal.ts'

const withConfig = (config: unknown): string => {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'f2f.config.json'), typeof config === 'string' ? config : JSON.stringify(config))
  return dir
}

test('the published schema is that of the code', () => {
  const published = readFileSync(new URL('../f2f.config.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(jsonSchema())
})

describe('layers', () => {
  const storeOf = async (line: string[], env: Record<string, string>, cwd: string) =>
    answerOf<{ store: string }>(await f2f(['migrate', '--json', ...line], { cwd, env })).store

  test('file, then environment, then flags', async () => {
    const cwd = withConfig({ store: 'sqlite:file.db' })
    expect(await storeOf([], {}, cwd)).toBe(`sqlite:${cwd}/file.db`)
    expect(await storeOf([], { F2F_STORE: 'sqlite:env.db' }, cwd)).toBe(`sqlite:${cwd}/env.db`)
    expect(await storeOf(['--store', 'sqlite:flag.db'], { F2F_STORE: 'sqlite:env.db' }, cwd)).toBe(
      `sqlite:${cwd}/flag.db`,
    )
  })

  test('a file elsewhere, named by flag or environment, is where its paths start', async () => {
    const elsewhere = withConfig({ store: 'sqlite:x.db' })
    const cwd = temporaryFolder()
    const path = join(elsewhere, 'f2f.config.json')
    expect(await storeOf(['--config', path], {}, cwd)).toBe(`sqlite:${elsewhere}/x.db`)
    expect(await storeOf([], { F2F_CONFIG: path }, cwd)).toBe(`sqlite:${elsewhere}/x.db`)
  })

  test('an address with a password comes from a file or the environment', async () => {
    const address = 'postgres://till:hunter2-secret@127.0.0.1:1/shop'
    const cwd = withConfig({ storeFile: 'address.txt' })
    writeFileSync(join(cwd, 'address.txt'), `${address}\n`)
    for (const env of [{}, { F2F_STORE: address }]) {
      const said = await f2f(['migrate', '--json'], { cwd, env })
      expect(said.exit).toBe(4)
      expect(JSON.parse(said.stderr).error.code).toBe('STORE_UNAVAILABLE')
      expect(said.stderr).not.toContain('hunter2')
    }
  })
})

describe('wrong settings', () => {
  test.each([
    ['not JSON', '{', {}, []],
    ['an unknown field', { nope: 1 }, {}, []],
    ['a wrong value', { appId: 'secret-looking' }, {}, []],
    ['a wrong value in the environment', {}, { F2F_APP_ID: 'secret-looking' }, []],
    ['a wrong value in a flag', {}, {}, ['--timeout', 'secret-looking']],
    ['a password in the file', { store: 'postgres://a:secret-looking@h/d' }, {}, []],
    ['a password in a flag', {}, {}, ['--store', 'postgres://a:secret-looking@h/d']],
    ['a password as a parameter in a flag', {}, {}, ['--store', 'postgres://h/d?password=secret-looking']],
    ['a notify URL that is none', { notifyUrl: 'ftp://secret-looking/' }, {}, []],
    ['a store that is none', { store: 'oracle:secret-looking' }, {}, []],
    ['a named file that is not there', {}, { F2F_CONFIG: 'gone.json' }, []],
  ])('%s', async (_, config, env, line) => {
    const cwd = withConfig(config)
    const said = await f2f(['query', 'T1', '--json', ...line], { cwd, env })
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toMatch(/^(CONFIG|FILE)$/)
    expect(said.stderr).not.toContain('secret-looking')
  })

  test.each(['appId', 'privateKeyFile', 'alipayPublicKeyFile'])(
    'a missing %s is named with all ways to give it',
    async (field) => {
      const { dir, run } = await openShop()
      const path = join(dir, 'f2f.config.json')
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), [field]: undefined }))
      const { exit, stderr } = await run(['query', 'T1'])
      expect(exit).toBe(2)
      expect(stderr).toMatch(new RegExp(`${field} is missing.*F2F_.*--`))
    },
  )

  test('are named as they were given, with the rule, in the language asked for', async () => {
    const cwd = withConfig({ appId: '1', nope: 1 })
    const saying = async (line: string[], env = {}) => (await f2f(['query', 'T1', ...line], { cwd, env })).stderr
    expect(await saying([])).toContain('appId has the wrong form; nope there is no such setting')
    expect(await saying(['--lang', 'zh'])).toContain('appId 格式不对；nope 没有这个配置项')
    const well = withConfig({})
    const env = { F2F_APP_ID: '1' }
    expect((await f2f(['query', 'T1'], { cwd: well, env })).stderr).toContain('F2F_APP_ID has the wrong form')
    expect((await f2f(['query', 'T1', '--timeout', '0'], { cwd: well })).stderr).toContain('timeout is too small')
  })

  test('two of the three certificates', async () => {
    const { run } = await openShop({}, { appCertFile: 'alipay.pem', rootCertFile: 'alipay.pem' })
    expect((await run(['query', 'T1'])).stderr).toContain('three files')
  })
})
