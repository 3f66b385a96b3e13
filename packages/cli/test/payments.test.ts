import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_POLICY, prepareBarcode } from '@f2f/core'
import { sqliteStore } from '@f2f/sql'
import { describe, expect, test } from 'vitest'
import { openShop } from './support/shop.ts'
import { answerOf, type Said } from './support/terminal.ts'

interface Shown {
  readonly outTradeNo: string
  readonly status: string
  readonly qrCode?: string
}

const CODE = '28000000000000'
const paid = async (shop: Awaited<ReturnType<typeof openShop>>, amount = '8.88'): Promise<string> =>
  answerOf<Shown>(await shop.run(['pay', amount, '--json'], { input: `${CODE}0000\n` })).outTradeNo

describe('pay', async () => {
  const shop = await openShop()
  test.each([
    ['00', 'paid', 0],
    ['04', 'failed', 1],
    ['30', 'paid', 0],
    ['33', 'paid', 0],
  ])(
    'a code ending in %s ends %s',
    async (ending, status, exit) => {
      const code = `${CODE}00${ending}`
      const said = await shop.run(['pay', '8.88', '--subject', '拿铁', '--json'], { input: `${code}\n` })
      expect(said.exit).toBe(exit)
      expect(answerOf<Shown>(said).status).toBe(status)
      for (const secret of [...shop.secrets, code]) expect(said.stdout + said.stderr).not.toContain(secret)
    },
    30_000,
  )

  test('what a till calls its goods commands no terminal', async () => {
    const subject = 'Tea\u001B[31m\u001B]0;title\u0007\u009B2J\u202Eeet\r\n✓ F1  paid'
    const line = ['pay', '1', '--subject', subject, '--out-trade-no', 'ESC1']
    const said = [
      await shop.run(line, { input: `${CODE}0000\n`, isTTY: true }),
      await shop.run(['list'], { isTTY: true }),
      await shop.run(['query', 'ESC1', '--json']),
    ]
    const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(1|2|22|3[1236]|39)m`, 'g')
    for (const { exit, stdout } of said) {
      expect(exit).toBe(0)
      expect(stdout.replaceAll(COLOURS, '').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u)
      expect(stdout).not.toContain('\n✓')
    }
    expect(answerOf<{ books: { subject: string } }>(said[2] as Said).books.subject).toBe(subject)
  })

  test('an empty variable is no code', async () => {
    const said = await shop.run(['pay', '1'], { env: { F2F_AUTH_CODE: '' }, input: `${CODE}0000\n` })
    expect(said.exit).toBe(0)
  })

  test('reads the code from the environment; text says it in Chinese', async () => {
    const said = await shop.run(['pay', '1', '--lang', 'zh'], { env: { F2F_AUTH_CODE: `${CODE}0000` } })
    expect(said).toMatchObject({ exit: 0, stderr: '' })
    expect(said.stdout).toContain('已支付')
  })

  test('a typed code is not shown on a terminal', async () => {
    const said = await shop.run(['pay', '1'], { input: `${CODE}0000\n`, isTTY: true })
    expect(said.exit).toBe(0)
    expect(said.stdout + said.stderr).not.toContain(CODE)
    expect(said.stderr).toContain('Scan')
  })

  test.each([
    ['no code', '1', ''],
    ['no payment code', '1', 'hello'],
    ['no amount', 'much', `${CODE}0000`],
    ['a third decimal', '1.001', `${CODE}0000`],
  ])('%s sends nothing', async (_, amount, input) => {
    const before = shop.simulator.ledger.trades().length
    const said = await shop.run(['pay', amount, '--json'], { input })
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.moneyMayHaveMoved).toBe(false)
    expect(shop.simulator.ledger.trades()).toHaveLength(before)
  })

  test('Ctrl-C ends the waiting, not the payment', async () => {
    const waiting = new AbortController()
    const outTradeNo = 'T_CTRL_C'
    const said = shop.run(['pay', '1', '--out-trade-no', outTradeNo, '--json'], {
      input: `${CODE}0009`,
      signal: waiting.signal,
    })
    await expect.poll(() => shop.simulator.ledger.find(outTradeNo)?.status).toBe('WAIT_BUYER_PAY')
    waiting.abort()
    expect(await said).toMatchObject({ exit: 3 })
    expect(answerOf<Shown>(await shop.run(['cancel', outTradeNo, '--json'])).status).toBe('closed')
  })
})

describe('what follows a payment', async () => {
  const shop = await openShop()

  test('query, refund in part and again, list, cancel too late', async () => {
    const outTradeNo = await paid(shop)
    const query = await shop.run(['query', outTradeNo, '--json'])
    expect(query.exit).toBe(0)
    expect(answerOf(query)).toMatchObject({ alipay: { trade_status: 'TRADE_SUCCESS' }, books: { status: 'paid' } })
    const refund = ['refund', outTradeNo, '3.00', '--out-request-no', 'R1', '--json']
    for (let again = 0; again < 2; again++) {
      const said = await shop.run(refund)
      expect(said.exit).toBe(0)
      expect(answerOf(said)).toMatchObject({ outRequestNo: 'R1', status: 'succeeded', refundAmount: '3.00' })
    }
    expect(shop.simulator.ledger.find(outTradeNo)?.refunds).toHaveLength(1)
    const tooMuch = await shop.run(['refund', outTradeNo, '5.89', '--json'])
    expect(JSON.parse(tooMuch.stderr).error).toMatchObject({ code: 'REFUND_TOO_MUCH', exitCode: 1 })
    expect((await shop.run(['cancel', outTradeNo])).exit).toBe(1)
    const listed = answerOf<{ payments: Shown[] }>(await shop.run(['list', '--status', 'paid', '--json']))
    expect(listed.payments.map((one) => one.outTradeNo)).toContain(outTradeNo)
    expect(answerOf(await shop.run(['list', '--unfinished', '--json']))).toEqual({ payments: [] })
    expect((await shop.run(['list', '--lang', 'zh'])).stdout).toContain('已支付')
  })

  test.each([
    [['query', 'T_NOBODY'], 1],
    [['cancel', 'T_NOBODY'], 1],
    [['watch', 'T_NOBODY'], 1],
    [['refund', 'T_NOBODY', '1'], 1],
    [['refund', 'T_NOBODY', 'x'], 2],
  ])('%j', async (line, exit) => {
    expect((await shop.run(line)).exit).toBe(exit)
  })

  test('a gateway that is away is told from a payment that is refused', async () => {
    const said = await shop.run(['query', 'T1', '--gateway', 'http://127.0.0.1:9/gateway.do', '--json'])
    expect(said.exit).toBe(4)
    expect(JSON.parse(said.stderr).error.code).toBe('NOT_SENT')
    const away = ['--gateway', 'http://127.0.0.1:9/gateway.do', '--json']
    const unsent = await shop.run(['pay', '1', ...away], { input: '280000000000000000\n' })
    expect(unsent.exit).toBe(4)
    expect(answerOf(unsent)).toMatchObject({ status: 'failed', failure: { code: 'NOT_SENT' } })
  })

  test('an amount that is none is told before anybody scans', async () => {
    const said = await shop.run(['pay', 'abc', '--json'])
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(JSON.parse(said.stderr).error.code).toBe('REQUEST_INVALID')
  })
})

describe('qr', async () => {
  const shop = await openShop()
  test('draws it, and watch sees the payment to its end', async () => {
    const text = await shop.run(['qr', '5', '--no-wait'])
    expect(text).toMatchObject({ exit: 0, stderr: '' })
    expect(text.stdout).toMatch(/[█▀▄]{10}/)
    const offered = answerOf<Shown>(await shop.run(['qr', '5', '--no-wait', '--json']))
    expect(offered.qrCode).toMatch(/^https?:/)
    const { control } = shop.server
    await fetch(`${control}/trades/${offered.outTradeNo}/confirm`, { method: 'POST' })
    const watched = await shop.run(['watch', offered.outTradeNo, '--json'])
    expect(watched.exit).toBe(0)
    expect(answerOf(watched)).toMatchObject({ status: 'paid' })
  }, 30_000)
})

describe('books', () => {
  test('what a back end is owed stays for it', async () => {
    const shop = await openShop({}, { store: 'sqlite:shop.db' })
    const outTradeNo = await paid(shop)
    const store = sqliteStore(join(shop.dir, 'shop.db'))
    expect((await store.find(outTradeNo))?.reports).toMatchObject([{ kind: 'settled' }])
    await store.close()
  })

  test('migrate makes the tables, --check only looks', async () => {
    const shop = await openShop()
    const check = (said: Said) => ({ exit: said.exit, ...answerOf<{ isCurrent: boolean }>(said) })
    expect(check(await shop.run(['migrate', '--check', '--json']))).toMatchObject({ exit: 1, isCurrent: false })
    expect(existsSync(join(shop.dir, 'f2f-payments.db'))).toBe(false)
    expect(check(await shop.run(['migrate', '--json']))).toMatchObject({ exit: 0, isCurrent: true })
    expect(check(await shop.run(['migrate', '--check', '--json']))).toMatchObject({ exit: 0, isCurrent: true })
    expect((await shop.run(['migrate', '--check', '--lang', 'zh'])).stdout).toContain('已是最新')
  })
})

describe('bill and reconcile', async () => {
  const shop = await openShop()
  test('an ended day is downloaded and compared', async () => {
    const said = await shop.run(['bill', '2026-01-01', '--to', 'bills', '--json'])
    expect(said.exit).toBe(0)
    const { path } = answerOf<{ path: string }>(said)
    expect(existsSync(path)).toBe(true)
    const clean = await shop.run(['reconcile', '2026-01-01', '--bill', path, '--json'])
    await writeFile(join(shop.dir, 'no-bill.csv'), 'nothing')
    for (const unusable of ['gone.csv.zip', 'no-bill.csv'])
      expect(await shop.run(['reconcile', '2026-01-01', '--bill', unusable])).toMatchObject({ exit: 2, stdout: '' })
    expect(clean.exit).toBe(0)
    expect(answerOf(clean)).toMatchObject({ isClean: true, differenceCount: 0 })
    const downloaded = await shop.run(['reconcile', '2026-01-01', '--lang', 'zh'])
    expect(downloaded.exit).toBe(0)
    expect(existsSync(join(shop.dir, 'reports/2026-01-01.html'))).toBe(true)
  })

  test('a payment of midnight that the bill of the day before had is no difference', async () => {
    const shop = await openShop({}, { store: 'sqlite:shop.db' })
    const at = new Date('2026-01-02T00:00:01+08:00')
    const order = { outTradeNo: 'T1', authCode: '280000000000000000', totalAmount: '8.88', subject: 'tea' }
    const { payment } = prepareBarcode(order, DEFAULT_POLICY, at.getTime())
    const store = sqliteStore(join(shop.dir, 'shop.db'))
    await store.migrate()
    await store.insert({ ...payment, status: 'paid', paidAt: at, settledAt: at, dueAt: undefined, nextAt: undefined })
    await store.close()
    const reconcile = async () =>
      answerOf<{ isClean: boolean }>(await shop.run(['reconcile', '2026-01-02', '--json'])).isClean
    expect(await reconcile()).toBe(false)
    const carried = { day: '2026-01-01', claimed: [{ key: 'payment T1 ', day: '2026-01-01' }], waiting: [] }
    await writeFile(join(shop.dir, 'reports/2026-01-01.json'), JSON.stringify({ carried }))
    expect(await reconcile()).toBe(true)
  })

  test('a day that is not over is not there yet', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect(await shop.run(['bill', today, '--json'])).toMatchObject({ exit: 4 })
    expect(await shop.run(['reconcile', today, '--json'])).toMatchObject({ exit: 4 })
  })
})
