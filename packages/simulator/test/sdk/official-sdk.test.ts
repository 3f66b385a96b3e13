import { AlipaySdk } from 'alipay-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulator, type Simulator, type SimulatorServer, serve } from '../../src/index.ts'
import { readBill } from '../support/bill.ts'
import { listenForNotifications, type NotificationReceiver } from '../support/receiver.ts'
import { newCode, newNumber } from '../support/simulator.ts'

let simulator: Simulator
let server: SimulatorServer
let receiver: NotificationReceiver

beforeAll(async () => {
  simulator = createSimulator()
  server = await serve(simulator)
  receiver = await listenForNotifications()
})
afterAll(async () => {
  await server.close()
  await receiver.close()
})

const sdk = (changes: Record<string, unknown> = {}) =>
  new AlipaySdk({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: server.gateway,
    ...changes,
  })

/** A verified call; camelCase members, as the SDK gives them. */
const exec = (
  method: string,
  bizContent: Record<string, unknown>,
  params: Record<string, unknown> = {},
  client = sdk(),
) => client.exec(method, { ...params, bizContent }, { validateSign: true })

const pay = (outTradeNo: string, scenario: string, params = {}, client = sdk()) =>
  exec(
    'alipay.trade.pay',
    {
      outTradeNo,
      scene: 'bar_code',
      authCode: newCode(scenario),
      subject: '扫码',
      totalAmount: '88.88',
      storeId: 's1',
    },
    params,
    client,
  )

const query = (outTradeNo: string) => exec('alipay.trade.query', { outTradeNo })

const post = async (path: string, body: unknown = {}) => {
  const response = await fetch(`${server.control}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return response.json()
}

const truth = async (outTradeNo: string) => (await fetch(`${server.control}/trades/${outTradeNo}`)).json()

describe('pay', () => {
  test('00: paid at once', async () => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, '00')).toMatchObject({
      code: '10000',
      outTradeNo,
      totalAmount: '88.88',
      buyerPayAmount: '88.88',
    })
    expect(await query(outTradeNo)).toMatchObject({ code: '10000', tradeStatus: 'TRADE_SUCCESS' })
  })

  test('03: waits, and pays by itself after eight seconds', async () => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, '03')).toMatchObject({ code: '10003', msg: ' order success pay inprocess' })
    await post('/clock/advance', { ms: 7_000 })
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY', buyerPayAmount: '0.00' })
    await post('/clock/advance', { ms: 1_000 })
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_SUCCESS', buyerPayAmount: '88.88' })
  })

  test('09: waits until the buyer decides', async () => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, '09')).toMatchObject({ code: '10003' })
    await post('/clock/advance', { ms: 60_000 })
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' })
    await post(`/trades/${outTradeNo}/confirm`)
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' })
  })

  test.each([
    ['04', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
    ['05', 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
  ])('%s: refused with %s, and nothing is left behind', async (scenario, subCode) => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, scenario)).toMatchObject({ code: '40004', subCode })
    expect(await query(outTradeNo)).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_NOT_EXIST' })
  })

  test.each([
    ['20', 'TRADE_SUCCESS'],
    ['21', null],
  ])('%s: answers 20000, the truth is %s', async (scenario, status) => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, scenario)).toMatchObject({ code: '20000', subCode: 'isp.unknow-error' })
    expect(await truth(outTradeNo)).toMatchObject({ status, calls: { pay: 1 } })
  })

  // The SDK's HTTP client (urllib) sends once more by itself when the socket breaks, so the gateway sees two calls.
  test('30: paid, the connection breaks; the second try of the SDK learns that the number is paid', async () => {
    const outTradeNo = newNumber()
    expect(await pay(outTradeNo, '30')).toMatchObject({ code: '40004', subCode: 'ACQ.TRADE_HAS_SUCCESS' })
    expect(await truth(outTradeNo)).toMatchObject({ status: 'TRADE_SUCCESS', calls: { pay: 2 } })
  })

  test('31: the connection breaks on both tries of the SDK, and nothing is done', async () => {
    const outTradeNo = newNumber()
    await expect(pay(outTradeNo, '31')).rejects.toThrow(/socket|closed/i)
    expect(await truth(outTradeNo)).toMatchObject({ status: null, calls: { pay: 2 } })
  })

  test('32: paid, but the answer comes after the time-out', async () => {
    const outTradeNo = newNumber()
    await expect(pay(outTradeNo, '32', {}, sdk({ timeout: 200 }))).rejects.toThrow(/timeout/i)
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' })
  })

  test('33: paid, but the answer is badly signed', async () => {
    const outTradeNo = newNumber()
    await expect(pay(outTradeNo, '33')).rejects.toThrow('验签失败')
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' })
  })
})

describe('after the payment', () => {
  test('cancel closes what is unpaid, gives back what is paid, and knows when there is nothing', async () => {
    const [unpaid, paid] = [newNumber(), newNumber()]
    await pay(unpaid, '09')
    await pay(paid, '00')
    const cancel = (outTradeNo: string) => exec('alipay.trade.cancel', { outTradeNo })
    expect(await cancel(unpaid)).toMatchObject({ code: '10000', action: 'close', retryFlag: 'N' })
    expect(await cancel(paid)).toMatchObject({ code: '10000', action: 'refund', retryFlag: 'N' })
    const nothing = await cancel(newNumber())
    expect(nothing).toMatchObject({ code: '10000', retryFlag: 'N' })
    expect(nothing).not.toHaveProperty('action')
    expect(nothing).not.toHaveProperty('tradeNo')
  })

  test('close takes a waiting trade only', async () => {
    const [unpaid, paid] = [newNumber(), newNumber()]
    await pay(unpaid, '09')
    await pay(paid, '00')
    expect(await exec('alipay.trade.close', { outTradeNo: unpaid })).toMatchObject({
      code: '10000',
      outTradeNo: unpaid,
    })
    expect(await exec('alipay.trade.close', { outTradeNo: paid })).toMatchObject({ subCode: 'ACQ.TRADE_STATUS_ERROR' })
  })

  test('refunds by part, once per number, and answers for each of them', async () => {
    const outTradeNo = newNumber()
    await pay(outTradeNo, '00')
    const refund = (outRequestNo: string, refundAmount: string) =>
      exec('alipay.trade.refund', { outTradeNo, outRequestNo, refundAmount })
    expect(await refund('r1', '30.00')).toMatchObject({ code: '10000', fundChange: 'Y', refundFee: '30.00' })
    expect(await refund('r1', '30.00')).toMatchObject({ code: '10000', fundChange: 'N', refundFee: '30.00' })
    expect(await refund('r1', '31.00')).toMatchObject({ subCode: 'ACQ.DISCORDANT_REPEAT_REQUEST' })
    expect(await refund('r2', '58.88')).toMatchObject({ fundChange: 'Y', refundFee: '88.88' })
    expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_CLOSED' })

    const ask = (outRequestNo: string) =>
      exec('alipay.trade.fastpay.refund.query', { outTradeNo, outRequestNo, queryOptions: ['gmt_refund_pay'] })
    expect(await ask('r2')).toMatchObject({
      refundStatus: 'REFUND_SUCCESS',
      refundAmount: '58.88',
      totalAmount: '88.88',
    })
    const unknown = await ask('r3')
    expect(unknown).toMatchObject({ code: '10000' })
    expect(unknown).not.toHaveProperty('refundStatus')
  })
})

test('precreate gives out a QR; the trade comes into being when it is scanned', async () => {
  const outTradeNo = newNumber()
  const reply = await exec('alipay.trade.precreate', { outTradeNo, subject: '扫码', totalAmount: '5.00' })
  expect(reply).toMatchObject({ code: '10000', outTradeNo })
  expect(reply.qrCode).toMatch(/^https:\/\/qr\.alipay\.com\/bax[a-z0-9]+$/)
  expect(await query(outTradeNo)).toMatchObject({ subCode: 'ACQ.TRADE_NOT_EXIST' })
  await post('/wallet/scan', { qrCode: reply.qrCode })
  expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' })
  await post(`/trades/${outTradeNo}/confirm`)
  expect(await query(outTradeNo)).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' })
})

test('a notification passes the verifier of the SDK', async () => {
  const outTradeNo = newNumber()
  await pay(outTradeNo, '00', { notifyUrl: receiver.url })
  const body = await receiver.next()
  const form = Object.fromEntries(new URLSearchParams(body))
  expect(form).toMatchObject({ out_trade_no: outTradeNo, trade_status: 'TRADE_SUCCESS', subject: '扫码' })
  expect(sdk().checkNotifySignV2(form)).toBe(true)
  expect(sdk().checkNotifySignV2({ ...form, total_amount: '0.01' })).toBe(false)
})

test('a bill comes from a link', async () => {
  const outTradeNo = newNumber()
  await pay(outTradeNo, '00')
  const day = new Date(simulator.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  await post('/clock/advance', { ms: 86_400_000 })
  const reply = await exec('alipay.data.dataservice.bill.downloadurl.query', { billType: 'trade', billDate: day })
  const [detail] = await readBill(Buffer.from(await (await fetch(reply.billDownloadUrl)).arrayBuffer()))
  expect(detail?.text).toContain(`,${outTradeNo}\t,交易\t,扫码,`)
})

describe('what the gateway refuses', () => {
  test('a signature of another key, in a signed answer', async () => {
    const stranger = createSimulator()
    stranger.close()
    const client = sdk({ privateKey: stranger.appPrivateKey })
    expect(await exec('alipay.trade.query', { outTradeNo: 'a' }, {}, client)).toMatchObject({
      code: '40002',
      subCode: 'isv.invalid-signature',
    })
  })

  test('an application it does not know, without a signature', async () => {
    const client = sdk({ appId: '2021999999999999' })
    const bizContent = { outTradeNo: 'a' }
    expect(await client.exec('alipay.trade.query', { bizContent })).toMatchObject({ subCode: 'isv.invalid-app-id' })
    await expect(client.exec('alipay.trade.query', { bizContent }, { validateSign: true })).rejects.toThrow()
  })
})

test('certificate mode: the SDK finds its serials accepted and the answer signed', async () => {
  const { certificates } = simulator
  const client = sdk({
    appCertContent: certificates.app,
    alipayRootCertContent: certificates.root,
    alipayPublicCertContent: certificates.alipay,
  })
  const outTradeNo = newNumber()
  expect(await pay(outTradeNo, '00', {}, client)).toMatchObject({ code: '10000', outTradeNo })
})
