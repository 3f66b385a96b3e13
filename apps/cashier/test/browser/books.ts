import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Bench } from '../support/bench.ts'

const SIDE = { payments: 2, paymentAmount: '30.00', refunds: 0, refundAmount: '0.00' }
const CSV = '\uFEFFoutTradeNo\r\nX1\r\n'
const ONE = {
  id: 'd1',
  bucket: 'onlyAlipay',
  kind: 'payment',
  outTradeNo: 'X1',
  billAmount: '9.90',
  at: '2026-01-02T04:00:00.000Z',
  suggestion: { action: 'deliver', why: 'money without an order' },
}

/** What `POST /reconciliations/{day}` answers: a bill that is late, a day with one difference, days without. */
const reconciled = (day: string): object => {
  if (day.endsWith('-01')) return { day, status: 'notReady', usuallyReadyAt: `${day}T02:00:00.000Z` }
  const differences = day.endsWith('-02') ? [ONE] : []
  const differenceCount = differences.length
  const books = { matched: 2, bill: SIDE, ours: SIDE, differences, differenceCount, isClean: differenceCount === 0 }
  return { day, status: 'done', ...books }
}

const answerReconciliations = async (page: Page): Promise<void> => {
  await page.route('**/reconciliations/*', (route) => {
    expect(route.request().method()).toBe('POST')
    return route.fulfill({ json: reconciled(route.request().url().split('/').at(-1) ?? '') })
  })
  await page.route('**/reconciliations/*/report.csv', (route) => {
    expect(route.request().headers().authorization).toMatch(/^Bearer /)
    return route.fulfill({ contentType: 'text/csv; charset=utf-8', body: CSV })
  })
}

export const bookTests = (bench: Bench): void => {
  const withPayment = async (...[context, options]: Parameters<Bench['open']>) => {
    const opened = await bench.open(context, options)
    const { till, counter } = opened
    await till.amount('66')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    const outTradeNo = await till.number()
    await till.button('账单').click()
    await till.page.locator('.list .row').click()
    return { ...opened, outTradeNo }
  }

  test('a payment is found, its history is read, and it is refunded in part and then whole', async (context) => {
    const { till, counter, outTradeNo } = await withPayment(context)
    const { page } = till
    await page.getByRole('searchbox').fill('nothing')
    await page.getByText('没有符合的收款').waitFor()
    await page.getByRole('searchbox').fill('66.00')
    await page.getByText('1 笔，实收 ¥66.00').waitFor()
    await page.locator('.history', { hasText: /开始收款.*扣款中.*请求扣款.*已收款.*支付宝已扣款/ }).waitFor()
    for (const [amount, left] of [
      ['20', '46.00'],
      ['', '0.00'],
    ] as const) {
      await page.getByRole('button', { name: '退款', exact: true }).click()
      const field = page.getByRole('textbox', { name: '退款金额' })
      await field.fill('66.01')
      await page.getByRole('alert').filter({ hasText: '请输入' }).waitFor()
      if (amount === '') await till.button('全部').click()
      else await field.fill(amount)
      await till.button('下一步').click()
      await till.button('确定退款').click()
      await page.locator('[data-refund="done"]').waitFor()
      await till.button('关闭').click()
      await page.getByText(`1 笔，实收 ¥${left}`).waitFor()
    }
    expect(counter.simulator.ledger.find(outTradeNo)?.refunds.map(({ refundAmount }) => refundAmount)).toEqual([
      '20.00',
      '46.00',
    ])
    expect(await page.getByRole('button', { name: '退款', exact: true }).isDisabled()).toBe(true)
  })

  test('a code scanned away from the counter is not charged, which is said; a date is typed into its field', async (context) => {
    const { till, counter } = await bench.open(context)
    const { page } = till
    await till.amount('12')
    await till.button('账单').click()
    await till.scan(await counter.code('00'))
    const alert = page.getByRole('alert').filter({ hasText: '没有收款' })
    await alert.waitFor()
    expect(counter.simulator.ledger.trades()).toEqual([])
    const date = page.locator('input[type="date"]')
    await date.focus()
    await page.keyboard.type('02', { delay: 130 })
    await context.expect.poll(() => date.inputValue()).toBe('2026-02-05')
    await page.getByText('0 笔').waitFor()
    await till.button('收款').click()
    await alert.waitFor({ state: 'hidden' })
    expect(await page.locator('output').textContent()).toBe('¥12')
  })

  test('a refund whose answer is lost is looked for, not sent again', async (context) => {
    const { till, counter, outTradeNo } = await withPayment(context)
    await till.page.route('**/refunds', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await till.page.getByRole('button', { name: '退款', exact: true }).click()
    await till.button('下一步').click()
    await till.button('确定退款').click()
    await till.page.locator('[data-refund="done"]').waitFor()
    expect(counter.simulator.ledger.find(outTradeNo)?.refunds).toHaveLength(1)
  })

  test('a till without the scope, or over its limit, does not refund', async (context) => {
    const cashier = { terminalId: 'T02', storeId: 'S001', scopes: ['pay'] } as const
    const { till } = await withPayment(context, { grant: cashier })
    await till.page.getByText('没有退款权限').waitFor()
    await till.button('对账').click()
    await till.page.getByText('没有对账权限').waitFor()
  })

  test('a refund is limited to what this till may give back', async (context) => {
    const junior = { terminalId: 'T03', storeId: 'S001', scopes: ['pay', 'refund'], refundLimit: '30.00' } as const
    const { till } = await withPayment(context, { grant: junior })
    await till.page.getByRole('button', { name: '退款', exact: true }).click()
    await till.page.getByText('最多可退 ¥30.00').waitFor()
  })

  test('a day is reconciled, its differences are seen and exported', async (context) => {
    const { till } = await bench.open(context)
    const { page } = till
    await answerReconciliations(page)
    await till.button('对账').click()
    for (const [day, words] of [
      ['2026-01-01', '账单还没有准备好'],
      ['2026-01-03', '两边账目一致'],
      ['2026-01-02', '长款'],
    ] as const) {
      await page.getByLabel('账单日期').fill(day)
      await till.button('开始对账').click()
      await page.getByText(words).waitFor()
    }
    const saved = page.waitForEvent('download')
    await till.button('导出 CSV').click()
    const download = await saved
    expect(download.suggestedFilename()).toBe('reconciliation-2026-01-02.csv')
    expect(await readFile((await download.path()) ?? '', 'utf8')).toBe(CSV)
  })
}
