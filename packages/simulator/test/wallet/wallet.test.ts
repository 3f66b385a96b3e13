import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Simulator } from '../../src/index.ts'
import { ask, payment } from '../support/call.ts'
import { T0 } from '../support/ledger.ts'
import { control, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

let simulator: Simulator
beforeEach(() => {
  simulator = makeSimulator({ clock: new SimulatedClock(T0) })
})
afterEach(() => simulator.close())

const post = (path: string, body: unknown = {}) => control(simulator, 'POST', `/wallet${path}`, body)
const trades = async () => (await control(simulator, 'GET', '/wallet/trades')).json

describe('the page', () => {
  test('is whole in itself and may load nothing from elsewhere', async () => {
    const response = await simulator.fetch(new Request('http://simulator.test/wallet'))
    const html = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/)
  })

  test('has a script that compiles and finds every element it asks for', async () => {
    const html = await (await simulator.fetch(new Request('http://simulator.test/wallet'))).text()
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(html) ?? []
    expect(() => new Function(script)).not.toThrow()
    const asked = [...script.matchAll(/find\('(\w+)'\)/g)].map(([, id]) => id)
    expect(asked.filter((id) => !html.includes(`id="${id}"`))).toEqual([])
    const words = [...html.matchAll(/data-word="(\w+)"/g)].map(([, word]) => word)
    expect(words.filter((word) => script.split(`"${word}":`).length !== 3)).toEqual([])
  })
})

describe('the payment code', () => {
  test('is fresh, drawn twice, and pays', async () => {
    const { json } = await post('/codes', { scenario: '00' })
    expect(json).toMatchObject({
      code: expect.stringMatching(/^28\d{14}00$/),
      lifetime: 300_000,
      barcode: expect.stringMatching(/^<svg /),
      qr: expect.stringMatching(/^<svg /),
    })
    expect(await ask(simulator, 'pay', payment(newNumber(), json.code))).toMatchObject({ code: '10000' })
  })

  test('of an unknown kind is refused', async () => {
    expect((await post('/codes', { scenario: 'x' })).status).toBe(400)
  })
})

describe('payments', () => {
  test('are shown newest first, and a waiting one is confirmed or declined', async () => {
    const [first, second] = [newNumber(), newNumber()]
    for (const number of [first, second]) await ask(simulator, 'pay', payment(number, newCode('09')))
    const [newest, oldest] = await trades()
    expect(newest).toMatchObject({ seller: '测试商户', subject: '咖啡', amount: '88.88', status: 'WAIT_BUYER_PAY' })
    expect((await post(`/trades/${newest.tradeNo}/confirm`)).json).toMatchObject({ status: 'TRADE_SUCCESS' })
    expect((await post(`/trades/${oldest.tradeNo}/decline`)).json).toMatchObject({ status: 'TRADE_CLOSED' })
    expect(simulator.ledger.find(second)?.status).toBe('TRADE_SUCCESS')
    expect(simulator.ledger.find(first)?.status).toBe('TRADE_CLOSED')
  })

  test('that do not exist or are over are refused', async () => {
    await ask(simulator, 'pay', payment(newNumber(), newCode('00')))
    const [paid] = await trades()
    expect((await post(`/trades/${paid.tradeNo}/confirm`)).status).toBe(409)
    expect((await post('/trades/1/confirm')).status).toBe(404)
  })

  test("are begun by scanning the till's QR, blanks around it or not", async () => {
    const number = newNumber()
    const { qr_code } = await ask(simulator, 'precreate', { out_trade_no: number, subject: 'a', total_amount: '1' })
    const scanned = await post('/scan', { qrCode: ` ${qr_code}\n` })
    expect(scanned.json).toMatchObject({ status: 'WAIT_BUYER_PAY', amount: '1.00' })
    expect((await post('/scan', { qrCode: qr_code })).json).toEqual(scanned.json)
    await post(`/trades/${scanned.json.tradeNo}/confirm`)
    expect(simulator.ledger.find(number)?.status).toBe('TRADE_SUCCESS')
  })

  test.each([
    ['another text', { qrCode: 'https://qr.alipay.com/nothing' }, 409],
    ['no text', {}, 400],
  ])('are not begun by %s', async (_name, body, status) => {
    expect((await post('/scan', body)).status).toBe(status)
  })
})

describe("what the till's screen shows", () => {
  const offers = async () => (await control(simulator, 'GET', '/wallet/offers')).json

  test('is there to be scanned until somebody has', async () => {
    const { qr_code } = await ask(simulator, 'precreate', {
      out_trade_no: newNumber(),
      subject: 'a',
      total_amount: '1',
    })
    expect(await offers()).toEqual([{ qrCode: qr_code, seller: '测试商户', subject: 'a', amount: '1.00' }])
    await post('/scan', { qrCode: qr_code })
    expect(await offers()).toEqual([])
  })
})

describe('the panel of mishaps', () => {
  test('makes requests go wrong, and all well again', async () => {
    const rule = { method: 'pay', when: 'before', fault: 'system_error', times: 1 }
    expect((await post('/faults', rule)).json).toMatchObject([rule])
    expect(await ask(simulator, 'pay', payment(newNumber(), newCode('00')))).toMatchObject({ code: '40004' })
    await post('/faults', { ...rule, times: undefined })
    expect((await post('/faults', [])).json).toEqual([])
    expect(await ask(simulator, 'pay', payment(newNumber(), newCode('00')))).toMatchObject({ code: '10000' })
  })

  test('refuses what cannot go wrong', async () => {
    expect((await post('/faults', { method: 'pay', fault: 'fire' })).status).toBe(400)
  })
})
