import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Payment, PaymentStore } from '@f2f/core'
import { createHandler, type ReconciledDay } from '@f2f/core/http'
import type { SimulatorOptions } from '@f2f/simulator'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ReconciliationDeskOptions, reconcile, reconciliationDesk } from '../../src/index.ts'
import { busyDay } from '../support/busy-day.ts'
import { codeOf, collect } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'
import { storeOf } from '../support/rows.ts'
import { sheetText, tradeFoot, tradeLine } from '../support/sheets.ts'
import { billsOf, newCode, openShop, type Shop } from '../support/shop.ts'
import { zip } from '../support/zip.ts'

const DAY = '2026-01-05'
const HOUR = 3_600_000
/** Every way in which Alipay says so (protocol §9.4). */
const EMPTY_DAYS = ['template', 'empty_file_code', 'no_bill_data', 'bill_not_exist'] as const

const deskOf = async (shop: Shop, changes: Partial<ReconciliationDeskOptions> = {}) => {
  const directory = await temporaryFolder()
  const calls = { links: 0, files: 0 }
  const { alipay, fetch } = billsOf(shop)
  const desk = reconciliationDesk({
    alipay: {
      ...alipay,
      clock: shop.clock,
      billDownloadUrl: (...args) => {
        calls.links++
        return alipay.billDownloadUrl(...args)
      },
    },
    fetch: (request: Request) => {
      calls.files++
      return fetch(request)
    },
    store: shop.store,
    directory,
    ...changes,
  } as ReconciliationDeskOptions)
  onTestFinished(() => desk.close())
  return { desk, directory, calls }
}

const sell = async ({ cashier, clock }: Shop, outTradeNo: string): Promise<void> => {
  await cashier.start({ outTradeNo, authCode: newCode('00'), totalAmount: '8.00', subject: 'tea' })
  await clock.advance(2_000)
}

const soldOne = async (options: SimulatorOptions = {}): Promise<Shop> => {
  const shop = openShop(`${DAY}T10:00:00`, options)
  await sell(shop, 'T1')
  return shop
}

/** Books that have forgotten some payments, and have one that never was. */
const falsified = (payments: readonly Payment[], forgotten: readonly Payment[]): PaymentStore => {
  const invented = { ...(forgotten[0] as Payment), outTradeNo: 'NEVER', tradeNo: 'never', refunds: [] }
  return storeOf([...payments.filter((payment) => !forgotten.includes(payment)), invented])
}

describe('a desk', () => {
  test('downloads once, and reads the books each time', async () => {
    const shop = await soldOne()
    await shop.clock.advance(24 * HOUR)
    const { desk, directory, calls } = await deskOf(shop)
    const done = await desk.reconcile(DAY)
    expect(done).toEqual({
      day: DAY,
      status: 'done',
      isClean: true,
      matched: 1,
      differenceCount: 0,
      bill: { payments: 1, paymentAmount: '8.00', refunds: 0, refundAmount: '0.00' },
      ours: { payments: 1, paymentAmount: '8.00', refunds: 0, refundAmount: '0.00' },
      differences: [],
    })
    expect(await desk.reconcile(DAY)).toEqual(done)
    expect(calls).toEqual({ links: 1, files: 1 })
    expect((await readdir(directory)).sort()).toEqual(
      ['csv', 'html', 'json', 'txt'].map((each) => `${DAY}.${each}`).concat(`trade-${DAY}.csv.zip`),
    )
  })

  test('shows every difference with its amounts and a suggestion, in the language asked for', async () => {
    const shop = openShop(`${DAY}T10:00:00`)
    await busyDay(shop, 60)
    await shop.clock.advance(24 * HOUR)
    const payments = await collect(shop.store.list())
    const forgotten = payments.filter(({ status }) => status === 'paid').slice(0, 3)
    const { desk } = await deskOf(shop, { store: falsified(payments, forgotten), locale: 'zh' })
    const done = (await desk.reconcile(DAY)) as ReconciledDay
    expect(done.isClean).toBe(false)
    expect(done.differenceCount).toBe(done.differences.length)
    const alone = done.differences.filter(({ bucket, kind }) => bucket === 'onlyAlipay' && kind === 'payment')
    const numbersOf = (rows: readonly { readonly outTradeNo: string }[]) => rows.map(({ outTradeNo }) => outTradeNo)
    expect(numbersOf(alone).sort()).toEqual(numbersOf(forgotten).sort())
    for (const { tradeNo, billAmount, ourAmount, at, suggestion } of alone) {
      const truth = payments.find((payment) => payment.tradeNo === tradeNo)
      expect([billAmount, ourAmount, at.slice(0, 10)]).toEqual([truth?.totalAmount, undefined, DAY])
      expect(suggestion).toEqual({ action: 'ask', why: '支付宝已收款，我方账中没有此订单号，可能属于其他系统。' })
    }
    expect(done.differences.find(({ outTradeNo }) => outTradeNo === 'NEVER')).toMatchObject({
      bucket: 'onlyOurs',
      ourStatus: 'paid',
      tradeNo: 'never',
      suggestion: { action: 'query' },
    })
    const csv = await desk.reportCsv(DAY)
    expect(csv?.startsWith('\uFEFF差异,')).toBe(true)
    expect(csv?.trimEnd().split('\r\n')).toHaveLength(1 + done.differenceCount)
  })

  test('shows a thousand differences; the report has them all', async () => {
    const shop = await soldOne()
    await shop.clock.advance(24 * HOUR)
    const [one] = await collect(shop.store.list())
    const many = Array.from({ length: 1_200 }, (_, index) => ({ ...(one as Payment), outTradeNo: `X${index}` }))
    const { desk } = await deskOf(shop, { store: storeOf(many) })
    const done = (await desk.reconcile(DAY)) as ReconciledDay
    expect([done.differenceCount, done.differences.length]).toEqual([1_201, 1_000])
    expect((await desk.reportCsv(DAY))?.trimEnd().split('\r\n')).toHaveLength(1_202)
  })

  test('says that the bill is not there yet, keeps nothing, and has it later', async () => {
    const shop = await soldOne({ bills: { readyHour: 9 } })
    const { desk, directory } = await deskOf(shop)
    await shop.clock.advance(15 * HOUR)
    expect(await desk.reconcile(DAY)).toEqual({
      day: DAY,
      status: 'notReady',
      usuallyReadyAt: '2026-01-06T01:00:00.000Z',
    })
    expect([await desk.reportCsv(DAY), await readdir(directory)]).toEqual([undefined, []])
    await shop.clock.advance(9 * HOUR)
    expect(await desk.reconcile(DAY)).toMatchObject({ status: 'done', isClean: true })
  })

  test.each(EMPTY_DAYS)('tells a day without business, said as %s', async (emptyDay) => {
    const shop = openShop(`${DAY}T10:00:00`, { bills: { emptyDay } })
    await shop.clock.advance(24 * HOUR)
    const { desk } = await deskOf(shop)
    const expected = { status: 'noData', isClean: true, differences: [] }
    expect(await desk.reconcile(DAY)).toMatchObject(expected)
    expect(await desk.reconcile(DAY)).toMatchObject(expected)
    expect(await desk.reportCsv(DAY)).toMatch(/^\uFEFF/)
  })

  test('does a day once for all who ask at the same time, and days one after another', async () => {
    const shop = await soldOne()
    await shop.clock.advance(48 * HOUR)
    let running = 0
    let most = 0
    const compare: ReconciliationDeskOptions['compare'] = async (day) => {
      most = Math.max(most, ++running)
      const result = await reconcile({ ...day, store: shop.store })
      running--
      return result
    }
    const { desk, calls } = await deskOf(shop, { store: undefined, compare } as Partial<ReconciliationDeskOptions>)
    const asked = [DAY, DAY, '2026-01-06', DAY].map((day) => desk.reconcile(day))
    const [first, second, other] = await Promise.all(asked)
    expect(second).toBe(first)
    expect(other?.day).toBe('2026-01-06')
    expect([calls.links, most]).toEqual([2, 1])
  })

  test('knows what the day before handed on', async () => {
    const shop = openShop('2026-01-05T23:59:58')
    await sell(shop, 'T1')
    await sell(shop, 'T2')
    await shop.clock.advance(48 * HOUR)
    const { desk } = await deskOf(shop)
    const days = [await desk.reconcile(DAY), await desk.reconcile('2026-01-06')] as ReconciledDay[]
    expect(days.map(({ isClean }) => isClean)).toEqual([true, true])
    expect(days.reduce((sum, { matched }) => sum + matched, 0)).toBe(2)
  })

  test('says the same each time of an empty day whose file is no bill', async () => {
    const shop = openShop(`${DAY}T10:00:00`)
    await shop.clock.advance(24 * HOUR)
    const reply = {
      code: '10000',
      msg: 'Success',
      bill_download_url: 'https://dwbillcenter.alipay.com/f',
      bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE',
    }
    const { desk, directory } = await deskOf(shop, {
      alipay: { clock: shop.clock, billDownloadUrl: async () => reply },
      fetch: async () => new Response(Buffer.from(zip())),
    })
    for (const _ of [1, 2]) expect(await desk.reconcile(DAY)).toMatchObject({ status: 'noData', isClean: true })
    expect(await readdir(directory)).not.toContain(`trade-${DAY}.csv.zip`)
  })

  test('reads what is in the file, though Alipay calls the day empty', async () => {
    const shop = openShop(`${DAY}T10:00:00`)
    await shop.clock.advance(24 * HOUR)
    const text = sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.00', 0, '0.00') })
    const content = text
      .replaceAll('01月01日', '01月05日')
      .replaceAll('01月02日', '01月06日')
      .replaceAll('2026-01-01', DAY)
    const reply = {
      code: '10000',
      msg: 'Success',
      bill_download_url: 'https://dwbillcenter.alipay.com/f',
      bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE',
    }
    const { desk } = await deskOf(shop, {
      alipay: { clock: shop.clock, billDownloadUrl: async () => reply },
      fetch: async () => new Response(Buffer.from(zip({ name: 'a.csv', content }))),
    })
    for (const _ of [1, 2]) expect(await desk.reconcile(DAY)).toMatchObject({ status: 'done', differenceCount: 1 })
  })

  test('asks again for a bill that cannot be trusted', async () => {
    const shop = await soldOne()
    await shop.clock.advance(24 * HOUR)
    const { desk, directory } = await deskOf(shop)
    await writeFile(join(directory, `trade-${DAY}.csv.zip`), 'PK but no archive')
    expect(await codeOf(desk.reconcile(DAY))).toMatch(/^BILL_/)
    expect(await desk.reconcile(DAY)).toMatchObject({ status: 'done', isClean: true })
  })

  test('refuses what is no day, and books that are not there', async () => {
    const shop = await soldOne()
    const { desk } = await deskOf(shop)
    for (const day of ['2026-01', '2026-02-30', '../../etc/passwd', '']) {
      expect(await codeOf(desk.reconcile(day))).toBe('REQUEST_INVALID')
      expect(await codeOf(desk.reportCsv(day))).toBe('REQUEST_INVALID')
    }
    const none = { ...billsOf(shop), directory: '/nowhere' } as unknown as ReconciliationDeskOptions
    expect(() => reconciliationDesk(none)).toThrow(/Give a store/)
  })

  test('calls off what is under way when it is closed, and begins nothing more', async () => {
    const shop = await soldOne()
    await shop.clock.advance(24 * HOUR)
    const compare: ReconciliationDeskOptions['compare'] = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    const { desk } = await deskOf(shop, { store: undefined, compare } as Partial<ReconciliationDeskOptions>)
    const asked = [desk.reconcile(DAY), desk.reconcile('2026-01-04')].map(codeOf)
    await desk.close()
    expect(await Promise.all([...asked, codeOf(desk.reconcile(DAY))])).toEqual(Array(3).fill('BILL_UNAVAILABLE'))
  })
})

test('a till with the scope reconciles a day over HTTP', async () => {
  const shop = await soldOne()
  await shop.clock.advance(24 * HOUR)
  const { desk } = await deskOf(shop, { storeId: 'S1', merchantId: undefined })
  const { cashier, clock } = shop
  const authenticate = () => ({ storeId: 'S1', terminalId: 'T1', scopes: ['reconcile' as const] })
  const handler = createHandler({ cashier, clock, authenticate, reconciliations: desk })
  const at = `http://till/reconciliations/${DAY}`
  const response = await handler(new Request(at, { method: 'POST' }))
  expect([response.status, await response.json()]).toMatchObject([200, { day: DAY, status: 'done', matched: 1 }])
  const report = await handler(new Request(`${at}/report.csv`))
  expect(report.headers.get('content-disposition')).toBe(`attachment; filename="reconciliation-${DAY}.csv"`)
  expect([...new Uint8Array(await report.arrayBuffer()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect((await handler(new Request(at.replace('01-05', '01-06'), { method: 'POST' }))).status).toBe(400)
})
