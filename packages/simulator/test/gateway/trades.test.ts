import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Simulator } from '../../src/index.ts'
import { ask, payment } from '../support/call.ts'
import { DAY, HOUR, MINUTE, T0 } from '../support/ledger.ts'
import { control, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

let clock: SimulatedClock
let simulator: Simulator
beforeEach(() => {
  clock = new SimulatedClock(T0)
  simulator = makeSimulator({ clock })
})
afterEach(() => simulator.close())

const pay = (outTradeNo: string, code: string, changes = {}) =>
  ask(simulator, 'pay', payment(outTradeNo, code, changes))
const query = (outTradeNo: string) => ask(simulator, 'query', { out_trade_no: outTradeNo })
const precreate = (outTradeNo: string, changes = {}) =>
  ask(simulator, 'precreate', { out_trade_no: outTradeNo, subject: '咖啡', total_amount: '5.00', ...changes })

describe('pay', () => {
  test('answers exactly as the real gateway does', async () => {
    const number = newNumber()
    expect(await pay(number, newCode('00'))).toEqual({
      code: '10000',
      msg: 'Success',
      buyer_logon_id: '138****0000',
      buyer_pay_amount: '88.88',
      buyer_user_id: '2088002123336273',
      fund_bill_list: [{ amount: '88.88', fund_channel: 'ALIPAYACCOUNT' }],
      gmt_payment: '2026-01-01 08:00:00',
      invoice_amount: '88.88',
      out_trade_no: number,
      point_amount: '0.00',
      receipt_amount: '88.88',
      total_amount: '88.88',
      trade_no: expect.stringMatching(/^20260101\d{20}$/),
    })
  })

  test.each([
    ['88.88', '88.88'],
    [88.88, '88.88'],
    ['0.01', '0.01'],
    ['8', '8.00'],
    ['100000000', '100000000.00'],
  ])('takes the amount %o', async (total_amount, shown) => {
    expect(await pay(newNumber(), newCode('00'), { total_amount })).toMatchObject({ total_amount: shown })
  })

  test.each([
    [{ total_amount: '0' }, 'ACQ.INVALID_PARAMETER'],
    [{ total_amount: '-1' }, 'ACQ.INVALID_PARAMETER'],
    [{ total_amount: '1.001' }, 'ACQ.INVALID_PARAMETER'],
    [{ total_amount: 'abc' }, 'ACQ.INVALID_PARAMETER'],
    [{ total_amount: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ total_amount: '100000000.01' }, 'ACQ.TOTAL_FEE_EXCEED'],
    [{ out_trade_no: 'a-b' }, 'ACQ.INVALID_PARAMETER'],
    [{ out_trade_no: 'a'.repeat(65) }, 'ACQ.INVALID_PARAMETER'],
    [{ out_trade_no: { a: 1 } }, 'ACQ.INVALID_PARAMETER'],
    [{ subject: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ subject: 'a=b' }, 'ACQ.INVALID_PARAMETER'],
    [{ subject: 'a'.repeat(257) }, 'ACQ.INVALID_PARAMETER'],
    [{ scene: 'telepathy' }, 'ACQ.INVALID_PARAMETER'],
    [{ auth_code: undefined }, 'ACQ.INVALID_PARAMETER'],
    [{ auth_code: '134567890123456789' }, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [{ auth_code: '6212345678901234567' }, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [{ timeout_express: '16d' }, 'ACQ.INVALID_PARAMETER'],
    [{ time_expire: '2020-01-01 00:00' }, 'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR'],
  ])('refuses %o', async (changes, sub_code) => {
    expect(await pay(newNumber(), newCode('00'), changes)).toMatchObject({ code: '40004', sub_code })
  })

  test('a subject of a megabyte is refused, not choked on', async () => {
    expect(await pay(newNumber(), newCode('00'), { subject: 'a'.repeat(2 ** 20) })).toMatchObject({
      sub_code: 'ACQ.INVALID_PARAMETER',
    })
  })

  test('a face token pays too', async () => {
    expect(await pay(newNumber(), `fp${'a'.repeat(33)}`, { scene: 'security_code' })).toMatchObject({ code: '10000' })
  })

  test('a code from POST /codes pays once; the next payment needs a new one', async () => {
    const { json } = await control(simulator, 'POST', '/codes', { scenario: '00' })
    expect(await pay(newNumber(), json.code)).toMatchObject({ code: '10000' })
    expect(await pay(newNumber(), json.code)).toMatchObject({ sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' })
  })

  test('a code somebody wrote down pays as often as it is shown', async () => {
    const code = newCode('00')
    expect(await pay(newNumber(), code)).toMatchObject({ code: '10000' })
    expect(await pay(newNumber(), code)).toMatchObject({ code: '10000' })
  })

  test('a code from POST /codes expires', async () => {
    const { json } = await control(simulator, 'POST', '/codes', { scenario: '00' })
    await clock.advance(5 * MINUTE + 1)
    expect(await pay(newNumber(), json.code)).toMatchObject({ sub_code: 'ACQ.PAYMENT_AUTH_CODE_INVALID' })
  })

  test('a code that did nothing is still good', async () => {
    const code = newCode('21')
    expect(await pay(newNumber(), code)).toMatchObject({ code: '20000' })
    expect(await pay(newNumber(), code)).toMatchObject({ code: '20000' })
  })
})

describe('the same number again', () => {
  test('goes on waiting when nothing changed', async () => {
    const [number, code] = [newNumber(), newCode('09')]
    const first = await pay(number, code)
    expect(await pay(number, code)).toEqual(first)
    expect(simulator.ledger.trades()).toHaveLength(1)
  })

  test('is paid by a fresh code of the buyer', async () => {
    const number = newNumber()
    const first = await pay(number, newCode('09'))
    expect(await pay(number, newCode('00'))).toMatchObject({ code: '10000', trade_no: first.trade_no })
  })

  test.each([
    ['paid', '00', {}, 'ACQ.TRADE_HAS_SUCCESS'],
    ['waiting, with another amount', '09', { total_amount: '1.00' }, 'ACQ.CONTEXT_INCONSISTENT'],
    ['waiting, with another subject', '09', { subject: '茶' }, 'ACQ.CONTEXT_INCONSISTENT'],
  ])('%s', async (_name, scenario, changes, sub_code) => {
    const number = newNumber()
    await pay(number, newCode(scenario))
    expect(await pay(number, newCode('00'), changes)).toMatchObject({ code: '40004', sub_code })
  })

  test('closed', async () => {
    const number = newNumber()
    await pay(number, newCode('09'))
    await ask(simulator, 'cancel', { out_trade_no: number })
    expect(await pay(number, newCode('00'))).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_CLOSE' })
  })
})

describe('time', () => {
  test.each([
    [{}, 3 * HOUR],
    [{ timeout_express: '2m' }, 2 * MINUTE],
    [{ timeout_express: '1c' }, 16 * HOUR],
    [{ timeout_express: '2m', time_expire: '2026-01-01 08:05' }, 5 * MINUTE],
  ])('with %o an unpaid trade closes after %i ms', async (changes, ms) => {
    const number = newNumber()
    await pay(number, newCode('09'), changes)
    await clock.advance(ms - 1)
    expect(await query(number)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' })
    await clock.advance(1)
    expect(await query(number)).toMatchObject({ trade_status: 'TRADE_CLOSED' })
  })

  test('a trade that closed is not paid later by its 03 code', async () => {
    const number = newNumber()
    await pay(number, newCode('03'))
    await ask(simulator, 'cancel', { out_trade_no: number })
    await clock.advance(10_000)
    expect(await query(number)).toMatchObject({ trade_status: 'TRADE_CLOSED' })
  })
})

describe('precreate', () => {
  test('the same order gets the same QR, other content is refused', async () => {
    const number = newNumber()
    const first = await precreate(number)
    expect(await precreate(number)).toEqual(first)
    expect(await precreate(number, { total_amount: '6.00' })).toMatchObject({ sub_code: 'ACQ.CONTEXT_INCONSISTENT' })
  })

  test.each([
    [{}, 2 * HOUR],
    [{ qr_code_timeout_express: '10m' }, 10 * MINUTE],
    [{ time_expire: '2026-01-01 08:30' }, 30 * MINUTE],
  ])('with %o the QR dies after %i ms', async (changes, ms) => {
    const { qr_code: qrCode } = await precreate(newNumber(), changes)
    await clock.advance(ms)
    expect((await control(simulator, 'POST', '/wallet/scan', { qrCode })).status).toBe(409)
  })

  test('the time to pay counts from the scan', async () => {
    const number = newNumber()
    const { qr_code: qrCode } = await precreate(number, { timeout_express: '5m' })
    await clock.advance(HOUR)
    await control(simulator, 'POST', '/wallet/scan', { qrCode })
    await clock.advance(5 * MINUTE - 1)
    expect(await query(number)).toMatchObject({ trade_status: 'WAIT_BUYER_PAY' })
    await clock.advance(1)
    expect(await query(number)).toMatchObject({ trade_status: 'TRADE_CLOSED' })
  })

  test('an unscanned QR survives a cancel, as Alipay knows no trade; a setting makes it worthless', async () => {
    const tryToPay = async (target: Simulator) => {
      const order = { out_trade_no: newNumber(), subject: 'a', total_amount: '1' }
      const { qr_code: qrCode } = await ask(target, 'precreate', order)
      expect(await ask(target, 'cancel', { out_trade_no: order.out_trade_no })).not.toHaveProperty('action')
      return (await control(target, 'POST', '/wallet/scan', { qrCode })).status
    }
    expect(await tryToPay(simulator)).toBe(200)
    const strict = makeSimulator({ cancelWithdrawsQr: true })
    expect(await tryToPay(strict)).toBe(409)
    strict.close()
  })

  test('a paid number gets no QR', async () => {
    const number = newNumber()
    await pay(number, newCode('00'))
    expect(await precreate(number)).toMatchObject({ sub_code: 'ACQ.TRADE_HAS_SUCCESS' })
  })
})

describe('query, close, cancel, refund', () => {
  test('trade_no wins over out_trade_no', async () => {
    const [one, other] = [newNumber(), newNumber()]
    const { trade_no } = await pay(one, newCode('00'))
    await pay(other, newCode('09'))
    expect(await ask(simulator, 'query', { trade_no, out_trade_no: other })).toMatchObject({ out_trade_no: one })
  })

  test('a call that names no trade is refused', async () => {
    for (const method of ['query', 'close', 'cancel']) {
      expect(await ask(simulator, method, {})).toMatchObject({ sub_code: 'ACQ.INVALID_PARAMETER' })
    }
  })

  test('cancel says when it is too late, and does not ask to be repeated', async () => {
    const number = newNumber()
    await pay(number, newCode('00'))
    await clock.advance(DAY + 1)
    expect(await ask(simulator, 'cancel', { out_trade_no: number })).toEqual({
      code: '40004',
      msg: 'Business Failed',
      sub_code: 'ACQ.TRADE_CANCEL_TIME_OUT',
      sub_msg: '超过撤销时间范围',
      out_trade_no: number,
      retry_flag: 'N',
    })
  })

  test('a cancelled payment shows the money given back, and its cancel answers the same again', async () => {
    const number = newNumber()
    await pay(number, newCode('00'))
    const first = await ask(simulator, 'cancel', { out_trade_no: number })
    expect(first).toMatchObject({ action: 'refund', gmt_refund_pay: '2026-01-01 08:00:00', retry_flag: 'N' })
    expect(await ask(simulator, 'cancel', { out_trade_no: number })).toEqual(first)
    expect(simulator.ledger.find(number)).toMatchObject({
      status: 'TRADE_CLOSED',
      refundedAmount: '88.88',
      refunds: [{ refundAmount: '88.88', by: 'cancel' }],
    })
  })

  test('refund answers exactly as the real gateway does, first and again', async () => {
    const number = newNumber()
    const { trade_no } = await pay(number, newCode('00'))
    const biz = { out_trade_no: number, refund_amount: 8.88, out_request_no: 'r1', refund_reason: '退' }
    const common = {
      code: '10000',
      msg: 'Success',
      buyer_logon_id: '138****0000',
      buyer_user_id: '2088002123336273',
      gmt_refund_pay: '2026-01-01 08:00:00',
      out_trade_no: number,
      refund_fee: '8.88',
      trade_no,
    }
    expect(await ask(simulator, 'refund', biz)).toEqual({
      ...common,
      fund_change: 'Y',
      refund_detail_item_list: [{ amount: '8.88', fund_channel: 'ALIPAYACCOUNT' }],
      send_back_fee: '8.88',
    })
    expect(await ask(simulator, 'refund', biz)).toEqual({ ...common, fund_change: 'N', send_back_fee: '0.00' })
  })

  test('the refund query of an unknown number has no data, of an unknown trade is refused', async () => {
    const number = newNumber()
    await pay(number, newCode('00'))
    const refundQuery = (out_trade_no: string) =>
      ask(simulator, 'fastpay.refund.query', { out_trade_no, out_request_no: 'r1' })
    expect(await refundQuery(number)).toEqual({ code: '10000', msg: 'Success' })
    expect(await refundQuery('nobody')).toMatchObject({ sub_code: 'ACQ.TRADE_NOT_EXIST' })
  })

  test('settle passes money on from a paid trade', async () => {
    const { trade_no } = await pay(newNumber(), newCode('00'))
    const biz = {
      trade_no,
      out_request_no: 's1',
      royalty_parameters: [{ trans_in: '2088000000000003', amount: '1.00' }],
    }
    expect(await ask(simulator, 'order.settle', biz)).toMatchObject({
      code: '10000',
      trade_no,
      settle_no: expect.any(String),
    })
    expect(await ask(simulator, 'order.settle', { ...biz, royalty_parameters: [] })).toMatchObject({
      sub_code: 'ACQ.INVALID_PARAMETER',
    })
  })
})
