import { sqliteStore } from '@f2f/sql'
import { expect, test } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import type { Bench } from '../support/bench.ts'

/** `navigator.hid` with one scanner, on the browser's own events. */
const FAKE_HID = `
  class Device extends EventTarget {
    opened = false
    vendorId = 0x0c2e
    collections = [{ usagePage: 0x8c, usage: 2 }]
    async open() { this.opened = true }
    async close() { this.opened = false }
    async sendFeatureReport() {}
  }
  window.scanner = new Device()
  let allowed = []
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => allowed,
    requestDevice: async () => (allowed = [scanner]),
  })
  window.plug = (type) => hid.dispatchEvent(Object.assign(new Event(type), { device: scanner }))
  window.report = (text) => {
    const bytes = new Uint8Array(63)
    bytes[0] = text.length
    bytes.set(new TextEncoder().encode(text), 4)
    const data = new DataView(bytes.buffer)
    scanner.dispatchEvent(Object.assign(new Event('inputreport'), { reportId: 2, data }))
  }
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true })
`

/** Counts the tones that are asked for. */
const FAKE_AUDIO = `
  window.pitches = []
  window.AudioContext = class {
    currentTime = 0
    destination = {}
    async resume() {}
    createOscillator() {
      const frequency = {}
      return { frequency, connect: (next) => next, start: () => pitches.push(frequency.value), stop() {} }
    }
    createGain() {
      const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }
      return { gain, connect: (next) => next }
    }
  }
`

export const deviceTests = (bench: Bench): void => {
  test('a HID scanner is connected, scans, is missed when it is unplugged and used when it is back; the end is heard', async (context) => {
    const { till, counter } = await bench.open(context)
    const { page } = till
    await page.addInitScript(`(() => {${FAKE_HID}})(); (() => {${FAKE_AUDIO}})()`)
    await page.reload()
    await page.getByRole('button', { name: '连接扫码枪', exact: true }).click()
    await till.button('已连接扫码枪').waitFor()
    await context.expect.poll(() => page.evaluate('scanner.opened')).toBe(true)
    await till.amount('12')
    await page.evaluate(`report('${await counter.code('00')}')`)
    await till.chapter('paid')
    expect(await page.evaluate('pitches')).toEqual([880, 1318.5])
    await till.button('下一位').click()
    await page.evaluate("plug('disconnect')")
    await page.getByRole('alert').filter({ hasText: '扫码枪已断开' }).waitFor()
    await page.getByRole('button', { name: '连接扫码枪', exact: true }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.evaluate("plug('connect')")
    await till.button('已连接扫码枪').waitFor()
    await page.getByRole('alert').waitFor({ state: 'hidden' })
  })

  test('no sound is asked for when it is off', async (context) => {
    const { till, counter } = await bench.open(context)
    await till.page.addInitScript(`(() => {${FAKE_AUDIO}})()`)
    await till.page.reload()
    await till.button('提示音：开').click()
    await till.amount('12')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(await till.page.evaluate('pitches')).toEqual([])
  })

  test('an enrolled till goes on when the back end was restarted on the same database', async (context) => {
    const store = sqliteStore(':memory:')
    const { till, counter } = await bench.open(context, { store })
    context.onTestFinished(() => store.close())
    await counter.restart()
    await till.page.reload()
    await till.amount('12')
    await till.scan(await counter.code('00'))
    await till.chapter('paid')
    expect(await till.page.getByText('请重新启用').count()).toBe(0)
  })

  test('dialogs, enrolment and errors have no serious findings, in both languages', async (context) => {
    const { till, counter } = await bench.open(context)
    const { page } = till
    const inBoth = async (): Promise<void> => {
      expect(await seriousFindings(page)).toEqual([])
      // The dialogs are modal; the button behind them is pressed all the same.
      await page.locator('header button').last().dispatchEvent('click')
      expect(await seriousFindings(page)).toEqual([])
      await page.locator('header button').last().dispatchEvent('click')
    }
    await till.amount('7')
    await till.button('手动输入付款码').click()
    await page.getByRole('textbox', { name: /付款码/ }).fill('134567890123456789')
    await page.getByRole('alert').filter({ hasText: '微信' }).waitFor()
    await inBoth()
    await page.keyboard.press('Escape')
    await till.scan(await counter.code('09'))
    await till.chapter('askBuyer')
    await till.button('撤销收款').click()
    await inBoth()
    await till.button('确定').click()
    await till.chapter('closed')
    await counter.goDown()
    await till.button('账单').click()
    await page.getByRole('alert').waitFor()
    await inBoth()
    await counter.comeBack()
    await counter.shop.revoke('T01')
    await till.button('重试').click()
    await page.getByText('后台已不再认可这台收银机').waitFor()
    await page.getByRole('textbox', { name: '注册码' }).fill('WRONG')
    await till.button('启用').click()
    await page.getByRole('alert').filter({ hasText: '注册码不对' }).waitFor()
    await inBoth()
  })
}
