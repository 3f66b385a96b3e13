import { chmodSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '@f2f/core'
import { createSimulator } from '@f2f/simulator'
import { sqliteStore } from '@f2f/sql'
import { afterEach, describe, expect, test } from 'vitest'
import { openShop, type TestShop } from './support/shop.ts'
import { answerOf, type Said, type Surroundings } from './support/terminal.ts'

interface Answer {
  readonly findings: readonly { readonly id: string; readonly level: string; readonly fix?: string }[]
}

const levels = (said: Said) => Object.fromEntries(answerOf<Answer>(said).findings.map(({ id, level }) => [id, level]))

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const answering = async (status: number, body: string): Promise<string> => {
  const server = createServer((_, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay/notify`
}

const examined = async (shop: TestShop, line: string[] = [], more: Partial<Surroundings> = {}) => {
  const said = await shop.run(['doctor', '--json', ...line], more)
  expect(said.stderr).toBe('')
  for (const secret of shop.secrets) expect(said.stdout).not.toContain(secret)
  for (const { level, fix } of answerOf<Answer>(said).findings)
    expect(fix !== undefined).toBe(level === 'warning' || level === 'error')
  return { exit: said.exit, ...levels(said) }
}

describe('a healthy shop', async () => {
  const shop = await openShop()
  test('is well', async () => {
    await shop.run(['migrate'])
    expect(await examined(shop)).toEqual({
      exit: 0,
      'keys.private': 'ok',
      'keys.alipay': 'ok',
      certificates: 'skipped',
      gateway: 'ok',
      clock: 'ok',
      signature: 'ok',
      notify: 'skipped',
      store: 'ok',
      migrations: 'ok',
      queue: 'skipped',
    })
    expect((await shop.run(['doctor', '--lang', 'zh'])).stdout).toContain('✓ 签名查询成功')
    expect(shop.simulator.ledger.trades()).toEqual([])
  })

  test.each([
    [120_000, 'warning', 5],
    [1_200_000, 'error', 1],
    [-1_200_000, 'error', 1],
  ])('a clock %d ms off', async (off, level, exit) => {
    const clock = { ...systemClock, now: () => systemClock.now() + off }
    expect(await examined(shop, [], { clock })).toMatchObject({ exit, clock: level })
  })

  test('a private key that others can read, and tables that are not there yet, are warnings', async () => {
    const open = await openShop({}, { store: 'sqlite:empty.db' })
    chmodSync(join(open.dir, 'own.pem'), 0o644)
    writeFileSync(join(open.dir, 'empty.db'), '')
    expect(await examined(open)).toMatchObject({ exit: 5, 'keys.mode': 'warning', migrations: 'warning' })
  })

  test('a database file that is not there is not made by looking', async () => {
    const named = await openShop({}, { store: 'sqlite:gone.db' })
    expect(await examined(named)).toMatchObject({ exit: 5, store: 'warning' })
    const own = await openShop()
    expect(await examined(own)).toMatchObject({ exit: 0, store: 'skipped' })
    for (const { dir } of [named, own]) expect(readdirSync(dir).filter((name) => name.endsWith('.db'))).toEqual([])
  })
})

describe('what is wrong', async () => {
  const shop = await openShop()

  test('the own public key in the place of Alipay’s', async () => {
    writeFileSync(join(shop.dir, 'mine.pem'), shop.simulator.appPublicKey)
    const found = await examined(shop, ['--alipay-public-key-file', 'mine.pem'])
    expect(found).toMatchObject({ exit: 1, 'keys.own-public-key': 'error' })
  })

  test('the keys of another application', async () => {
    const other = createSimulator()
    writeFileSync(join(shop.dir, 'other.pem'), other.appPrivateKey, { mode: 0o600 })
    writeFileSync(join(shop.dir, 'other-alipay.pem'), other.alipayPublicKey)
    other.close()
    expect(await examined(shop, ['--private-key-file', 'other.pem'])).toMatchObject({ exit: 1, signature: 'error' })
    const wrong = ['--alipay-public-key-file', 'other-alipay.pem']
    expect(await examined(shop, wrong)).toMatchObject({ exit: 1, signature: 'error' })
  })

  test.each([
    [['--app-id', '2021999999999999'], 'signature'],
    [['--private-key-file', 'gone.pem'], 'keys.private'],
    [['--private-key-file', 'alipay.pem'], 'keys.private'],
    [['--alipay-public-key-file', 'f2f.config.json'], 'keys.alipay'],
    [['--alipay-public-key-file', 'gone.pem'], 'keys'],
    [['--gateway', 'http://127.0.0.1:9/gateway.do'], 'gateway'],
    [['--store', 'postgres://nobody@127.0.0.1:1/none'], 'store'],
  ])('%j', async (line, id) => {
    expect(await examined(shop, line)).toMatchObject({ exit: 1, [id]: 'error' })
  })

  test('a store that is away says what to look at', async () => {
    const said = await shop.run(['doctor', '--json', '--store', 'postgres://nobody@127.0.0.1:1/none'])
    const { findings } = answerOf<{ findings: { id: string; fix?: string }[] }>(said)
    expect(findings.find(({ id }) => id === 'store')?.fix).toMatch(/^Check that the database runs/)
  })

  test('a queue that does not answer', async () => {
    expect(await examined(shop, [], { env: { F2F_QUEUE: 'redis://127.0.0.1:1' } })).toMatchObject({
      exit: 1,
      queue: 'error',
    })
  })

  test('a store of a newer version', async () => {
    const path = join(shop.dir, 'newer.db')
    const store = sqliteStore(path)
    await store.migrate()
    await store.close()
    const { default: Database } = await import('better-sqlite3')
    const file = new Database(path)
    file.exec("insert into f2f_migrations (name, timestamp) values ('9999-later', '2099-01-01')")
    file.close()
    expect(await examined(shop, ['--store', `sqlite:${path}`])).toMatchObject({ exit: 1, migrations: 'error' })
  })

  test('a configuration that cannot be read is no finding but wrong usage', async () => {
    writeFileSync(join(shop.dir, 'broken.json'), '{')
    expect(await shop.run(['doctor', '--config', 'broken.json'])).toMatchObject({ exit: 2, stdout: '' })
  })
})

describe('certificates', async () => {
  const shop = await openShop({ apps: [{ certificate: true }] }, { alipayPublicKeyFile: undefined })
  const { certificates } = shop.simulator
  writeFileSync(join(shop.dir, 'app.crt'), certificates.app)
  writeFileSync(join(shop.dir, 'alipay.crt'), certificates.alipay)
  writeFileSync(join(shop.dir, 'root.crt'), certificates.root)
  const use = (app: string, alipay: string) => [
    ...['--app-cert-file', app, '--alipay-cert-file', alipay, '--root-cert-file', 'root.crt'],
  ]

  test('that belong together', async () => {
    expect(await examined(shop, use('app.crt', 'alipay.crt'))).toMatchObject({
      'certificates.appCert': 'ok',
      'certificates.alipayCert': 'ok',
      'certificates.root': 'ok',
      signature: 'ok',
    })
  })

  test('that do not, or have expired, or are two of three', async () => {
    expect(await examined(shop, use('alipay.crt', 'alipay.crt'))).toMatchObject({
      exit: 1,
      'certificates.pair': 'error',
    })
    expect(await examined(shop, use('app.crt', 'app.crt'))).toMatchObject({ exit: 1, 'keys.own-public-key': 'error' })
    const clock = { ...systemClock, now: () => Date.UTC(2125, 0, 1) }
    expect(await examined(shop, use('app.crt', 'alipay.crt'), { clock })).toMatchObject({
      exit: 1,
      'certificates.appCert': 'error',
    })
    expect(await examined(shop, ['--app-cert-file', 'app.crt'])).toMatchObject({ exit: 1, certificates: 'error' })
  })
})

describe('the notify URL', async () => {
  const shop = await openShop()
  test.each([
    [200, 'fail', 'ok'],
    [200, 'success', 'error'],
    [404, 'Not found', 'warning'],
  ])('that answers %d %s', async (status, body, level) => {
    const found = await examined(shop, ['--notify-url', await answering(status, body)])
    expect(found).toMatchObject({
      exit: 1,
      'notify.https': 'warning',
      'notify.public': 'error',
      'notify.forged': level,
    })
  })

  test('where nothing answers', async () => {
    expect(await examined(shop, ['--notify-url', 'http://127.0.0.1:9/notify'])).toMatchObject({
      'notify.reach': 'error',
    })
  })
})
