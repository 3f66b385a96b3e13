import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import type { Bench } from '../support/bench.ts'
import { SCREENSHOTS } from '../support/place.ts'
import type { TillPage } from '../support/till-page.ts'

const PHONE = { width: 390, height: 844 }

/** Each fault of the panel, and how the next payment of a customer who pays at once then ends. */
const FAULTS = [
  ['after/drop', 'paid'],
  ['after/bad_signature', 'paid'],
  ['after/delay', 'paid'],
  ['after/garbage', 'paid'],
  ['before/drop', 'closed'],
  ['before/unavailable', 'closed'],
  ['before/system_error', 'closed'],
  ['before/http500', 'closed'],
] as const

const codeOf = async (wallet: Page): Promise<string> =>
  (await wallet.locator('#digits[data-code]').getAttribute('data-code')) ?? ''

export const walletTests = (bench: Bench): void => {
  const openWallet = async (till: TillPage, address: string): Promise<Page> => {
    const wallet = await till.context.newPage()
    await wallet.setViewportSize(PHONE)
    await wallet.goto(address)
    await codeOf(wallet)
    return wallet
  }

  test('the wallet’s payment code is drawn, read off it, and good once', async (context) => {
    const { till, counter } = await bench.open(context)
    const wallet = await openWallet(till, counter.gate.wallet)
    const code = await codeOf(wallet)
    expect((await wallet.locator('#digits').textContent())?.replaceAll(' ', '')).toBe(code)
    expect(await wallet.locator('#barcode svg, #qr svg').count()).toBe(2)
    await till.page.bringToFront()
    await till.amount('5')
    await till.scan(code)
    await till.chapter('paid')
    await wallet.getByRole('button', { name: '换一个' }).click()
    await context.expect.poll(() => codeOf(wallet)).not.toBe(code)
    await wallet.getByRole('listitem').filter({ hasText: '已付款' }).waitFor()
  })

  test('a QR the till shows is in the wallet’s list; its payment can be ignored and still be made', async (context) => {
    const { till, counter } = await bench.open(context)
    const wallet = await openWallet(till, counter.gate.wallet)
    await till.page.bringToFront()
    await till.amount('18')
    await till.button('出示二维码').click()
    await till.chapter('offered')
    await wallet.bringToFront()
    await wallet.getByRole('button', { name: '扫这个码' }).click()
    const asked = wallet.getByRole('region', { name: '请确认付款' })
    await asked.getByText('¥18.00').waitFor()
    for (const [colorScheme, language] of [
      ['light', 'zh'],
      ['dark', 'en'],
    ] as const) {
      await wallet.emulateMedia({ colorScheme })
      if (language === 'en') await wallet.getByRole('button', { name: 'English' }).click()
      await wallet.screenshot({ path: `${SCREENSHOTS}/wallet-${colorScheme}-${language}.png`, fullPage: true })
      expect(await seriousFindings(wallet)).toEqual([])
    }
    await wallet.getByRole('button', { name: 'Not now' }).click()
    await wallet.getByRole('region', { name: 'Please confirm' }).waitFor({ state: 'hidden' })
    expect(counter.simulator.ledger.trades().map(({ status }) => status)).toEqual(['WAIT_BUYER_PAY'])
    await wallet.getByRole('button', { name: 'Pay', exact: true }).click()
    await till.chapter('paid')
  })

  test('what is no QR is refused in words', async (context) => {
    const { till, counter } = await bench.open(context)
    const wallet = await openWallet(till, counter.gate.wallet)
    await wallet.locator('#qrText').fill('https://example.com/')
    await wallet.getByRole('button', { name: '扫码', exact: true }).click()
    await wallet.getByRole('alert').filter({ hasText: '没有成功' }).waitFor()
    expect(await seriousFindings(wallet)).toEqual([])
  })

  test('each fault of the panel befalls the next payment, and only that', async (context) => {
    const policy = { payWithin: 1_500, firstQueryAfter: 200, callTimeout: 600 }
    const { till, counter } = await bench.open(context, { policy })
    const wallet = await openWallet(till, counter.gate.wallet)
    const offered = await wallet
      .locator('#fault option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')))
    expect(offered.sort()).toEqual(FAULTS.map(([fault]) => fault).sort())
    for (const [fault, end] of FAULTS) {
      await wallet.bringToFront()
      await wallet.locator('#fault').selectOption(fault)
      await wallet.getByRole('button', { name: '开始出错' }).click()
      await wallet.locator('#faults li').waitFor()
      await till.page.bringToFront()
      await till.amount('3')
      await till.scan(await counter.code('00'))
      await till.chapter(end)
      expect(counter.simulator.ledger.find(await till.number())?.status ?? null).toBe(
        end === 'paid' ? 'TRADE_SUCCESS' : null,
      )
      await till.button('下一位').click()
    }
    await wallet.bringToFront()
    await wallet.getByText('一切正常').waitFor()
    await wallet.getByRole('button', { name: '开始出错' }).click()
    await wallet.locator('#faults li').waitFor()
    await wallet.getByRole('button', { name: '恢复正常' }).click()
    await wallet.getByText('一切正常').waitFor()
  })
}
