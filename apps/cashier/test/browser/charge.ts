import { describe, expect, test } from 'vitest'
import type { Bench } from '../support/bench.ts'

/** What is on the screen, and how many seconds pass while it is: nothing goes on before it was seen. */
type Sight = readonly [chapter: string, seconds: number]

const DOUBT: readonly Sight[] = [['doubt', 60]]
const CANCELLED: readonly Sight[] = [...DOUBT, ['cancelling', 60]]

/** What a cashier sees of each kind of payment code: what is said on the way, and the end. */
const SCENARIOS = [
  ['00', 'pays at once', 'paid', []],
  ['03', 'waits for the password, then pays', 'paid', [['askBuyer', 60]]],
  ['04', 'has too little money', 'failed', []],
  ['05', 'shows an expired code', 'failed', []],
  ['20', 'paid, though Alipay said busy', 'paid', DOUBT],
  ['21', 'did not pay, and Alipay said busy', 'closed', CANCELLED],
  ['30', 'paid, but the answer was lost', 'paid', DOUBT],
  ['31', 'did not pay, and the line broke', 'closed', CANCELLED],
  [
    '32',
    'paid, but the answer came too late',
    'paid',
    [
      ['paying', 20],
      ['doubt', 45],
    ],
  ],
  ['33', 'paid, but the answer was badly signed', 'paid', DOUBT],
] as const satisfies readonly (readonly [string, string, string, readonly Sight[]])[]

const TRUTH = { paid: 'TRADE_SUCCESS', failed: null, closed: null } as const

/** Nothing is asked again before the test lets time pass. */
const STILL = {
  firstQueryAfter: 60_000,
  pollEvery: 60_000,
  payWithin: 60_000,
  cancelRetryFrom: 60_000,
  callTimeout: 20_000,
}

/** An unknown answer is asked about at once, and a cancel follows a query at once: neither is answered the first time. */
const UNANSWERED = ['query', 'cancel'].map((method) => ({ method, when: 'before', fault: 'drop', times: 1 }))

export const chargeTests = (bench: Bench): void => {
  describe('the customer', () => {
    test.for(SCENARIOS)('%s %s: %s', async ([scenario, , end, sights], context) => {
      const { till, counter } = await bench.open(context, { policy: STILL })
      if (sights.some(([chapter]) => chapter === 'doubt')) await counter.control('/faults', UNANSWERED)
      await till.amount('12.5')
      const code = await counter.code(scenario)
      await till.scan(code)
      for (const [chapter, seconds] of sights) {
        await till.chapter(chapter)
        if (chapter === 'doubt') expect(await till.page.locator('.panel h2').textContent()).toContain('请勿重复收款')
        await counter.pass(seconds)
      }
      await till.chapter(end)
      const outTradeNo = await till.number()
      expect(counter.simulator.ledger.find(outTradeNo)?.status ?? null).toBe(TRUTH[end])
      expect(await till.page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(outTradeNo)
      expect(await till.page.content()).not.toContain(code)
      expect(till.console).toEqual([])
    })
  })

  test('a bar code of goods is named and leaves the amount alone', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('12')
    // In one go: between keys that are sent one by one a busy machine makes pauses.
    await till.page.evaluate(`for (const key of [...'4006381333931', 'Enter'])
      for (const type of ['keydown', 'keyup'])
        document.body.dispatchEvent(new KeyboardEvent(type, { key, code: key, bubbles: true, cancelable: true }))`)
    await till.page.getByRole('alert').filter({ hasText: '这不是付款码' }).waitFor()
    expect(await till.page.locator('output').textContent()).toBe('¥12')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(counter.simulator.ledger.find(await till.number())?.totalAmount).toBe('12.00')
  })

  test('a failure comes with its reason and what to do now', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('8')
    await till.scan(await counter.code('04'))
    await till.chapter('failed')
    expect(await till.page.locator('.explanation').textContent()).toMatch(/余额不足.*请/)
    await till.button('English').click()
    expect(await till.page.locator('.explanation').textContent()).toMatch(/balance/i)
  })

  test('a customer who does nothing is waited for until the cashier cancels', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('30')
    await till.scan(await counter.code('09'))
    await till.chapter('askBuyer')
    expect(await till.page.getByRole('timer').textContent()).toMatch(/剩余 \d+ 秒/)
    await till.button('撤销收款').click()
    await till.button('确定').click()
    await till.chapter('closed')
    expect(counter.simulator.ledger.find(await till.number())?.status).toBe('TRADE_CLOSED')
  })

  test('the wallet confirms or declines what it is asked', async (context) => {
    const { till, counter } = await bench.open(context)
    const wallet = await till.context.newPage()
    await wallet.goto(counter.gate.wallet)
    for (const [button, end] of [
      ['确认付款', 'paid'],
      ['拒绝', 'closed'],
    ] as const) {
      await till.page.bringToFront()
      await till.amount('6.66')
      await till.scan(await counter.code('09'))
      await till.chapter('askBuyer')
      await wallet.bringToFront()
      await wallet.getByRole('button', { name: button }).click()
      await till.chapter(end)
    }
  })

  test('the keypad takes an amount by touch, and the next customer begins at nothing', async (context) => {
    const { till, counter } = await bench.open(context, { width: 390, height: 844 })
    for (const key of ['1', '2', '00', '小数点', '5', '退格', '9']) {
      await till.page.getByRole('button', { name: key, exact: true }).click()
    }
    const amount = till.page.locator('output')
    expect(await amount.textContent()).toBe('¥1,200.9')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(counter.simulator.ledger.find(await till.number())?.totalAmount).toBe('1200.90')
    await till.page.keyboard.press('Enter')
    expect(await amount.textContent()).toBe('¥0.00')
  })

  test("another wallet's code is named and not charged", async (context) => {
    const { till, counter } = await bench.open(context)
    const alert = till.page.getByRole('alert')
    await till.scan(await counter.code('00'))
    await alert.filter({ hasText: '请先输入金额' }).waitFor()
    await till.amount('5')
    await till.scan('134567890123456789')
    await alert.filter({ hasText: '这是微信付款码' }).waitFor()
    await till.scan('6212345678901234567')
    await alert.filter({ hasText: '云闪付' }).waitFor()
    await till.scan('notapaymentcode')
    await alert.filter({ hasText: '这不是付款码' }).waitFor()
    expect(counter.simulator.ledger.trades()).toEqual([])
  })

  test('a code typed by hand is confirmed before it is charged', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.amount('7')
    await till.button('手动输入付款码').click()
    const field = till.page.getByRole('textbox', { name: /付款码/ })
    await field.fill('134567890123456789')
    await till.page.getByRole('alert').filter({ hasText: '微信' }).waitFor()
    expect(await till.button('用这个付款码收 ¥7.00').isDisabled()).toBe(true)
    await field.fill((await counter.code('00')).replace(/(\d{4})/g, '$1 '))
    await till.button('用这个付款码收 ¥7.00').click()
    await till.chapter('paid')
  })
}
