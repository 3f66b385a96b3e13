import { expect, test } from 'vitest'
import type { Bench } from '../support/bench.ts'

export const qrTests = (bench: Bench): void => {
  const offered = async (context: Parameters<Bench['open']>[0]) => {
    const opened = await bench.open(context, { policy: { payWithin: 60_000 } })
    const { till, counter } = opened
    await till.amount('18')
    await till.button('出示二维码').click()
    await till.chapter('offered')
    const wallet = await till.context.newPage()
    await wallet.goto(counter.gate.wallet)
    const text = (await till.page.locator('[data-text]').getAttribute('data-text')) ?? ''
    return { ...opened, wallet, text }
  }

  test.for([
    ['确认付款', 'paid'],
    ['拒绝', 'closed'],
  ] as const)('a customer scans the QR with the wallet: %s', async ([button, end], context) => {
    const { till, wallet, text } = await offered(context)
    expect(text).toMatch(/^https:\/\//)
    expect(await till.page.getByRole('timer').textContent()).toMatch(/\d+/)
    await wallet.locator('#qrText').fill(text)
    await wallet.locator('#scanForm button.main').click()
    await wallet.getByRole('button', { name: button }).click()
    await till.chapter(end)
  })

  test('a QR nobody scans ends with the customer’s time', async (context) => {
    const { till, counter } = await offered(context)
    await counter.pass(60)
    await till.chapter('closed')
  })
}
