import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import type { Bench } from '../support/bench.ts'
import { SCREENSHOTS } from '../support/place.ts'

export const reconcileTests = (bench: Bench): void => {
  test('a day is reconciled with the bill of Alipay, which has more than the books', async (context) => {
    const { till, counter } = await bench.open(context)
    const { page } = till
    for (const amount of ['66', '23.4']) {
      await till.amount(amount)
      await till.scan(await counter.code('00'))
      await till.chapter('paid')
    }
    // Behind the shop's back: money it does not know of, and money it does not know it gave back.
    const known = await till.number()
    const pay = { out_trade_no: 'STRAY1', total_amount: '9.90', subject: 'x', scene: 'bar_code' } as const
    await counter.alipay.pay({ ...pay, auth_code: await counter.code('00') })
    await counter.alipay.refund({ out_trade_no: known, out_request_no: 'STRAY1R', refund_amount: '3.40' })

    await till.button('对账').click()
    expect(await page.getByLabel('账单日期').inputValue()).toBe('2026-03-04')
    const wallet = await till.context.newPage()
    await wallet.goto(counter.gate.wallet)
    await wallet.getByRole('button', { name: '到明天上午 10 点' }).click()
    await wallet.getByText('2026-03-06 10:00').waitFor()
    await page.bringToFront()
    await page.reload()
    await till.button('对账').click()
    expect(await page.getByLabel('账单日期').inputValue()).toBe('2026-03-05')
    await till.button('开始对账').click()

    await page.getByText('2 处不一致').waitFor()
    expect(await page.locator('.cell').allTextContents()).toEqual(
      [
        ['2', '3'],
        ['¥89.40', '¥99.30'],
        ['0', '1'],
        ['¥0.00', '¥3.40'],
      ].flat(),
    )
    const differences = page.locator('.differences > li')
    const texts = (await differences.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' '))
    expect(texts[0]).toMatch(/长款.*STRAY1.*/)
    expect(texts[1]).toMatch(new RegExp(`长款.*退款.*${known}.*STRAY1R`))
    for (const [colorScheme, language] of [
      ['light', 'zh'],
      ['dark', 'zh'],
      ['dark', 'en'],
      ['light', 'en'],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      if ((await page.locator('html').getAttribute('lang')) !== (language === 'zh' ? 'zh-CN' : 'en'))
        await page.getByRole('button', { name: /Switch to English/ }).click()
      await page.screenshot({ path: `${SCREENSHOTS}/reconciled-${colorScheme}-${language}.png` })
      expect(await seriousFindings(page)).toEqual([])
    }
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const download = await saved
    expect(download.suggestedFilename()).toBe('reconciliation-2026-03-05.csv')
    const csv = await readFile((await download.path()) ?? '', 'utf8')
    expect(csv).toMatch(/^\uFEFF/)
    expect(csv.trim().split('\r\n')).toHaveLength(3)
    expect(csv).toContain('STRAY1R')
    expect(till.console).toEqual([])
  })
}
