import { AsyncLocalStorage } from 'node:async_hooks'
import { channel, tracingChannel } from 'node:diagnostics_channel'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type CallMessage,
  createCashier,
  type DeliveryMessage,
  diagnosticChannels,
  type NotificationMessage,
  type ProblemMessage,
  type TransitionMessage,
  type VerifyMessage,
} from '../../src/index.ts'
import { type Observer, observe } from '../../src/monitoring/index.ts'
import { signNotify } from '../../src/testing/index.ts'
import {
  ALIPAY,
  type Answer,
  APP,
  cancelled,
  order,
  PAID,
  problem,
  ScriptedGateway,
  status,
  WAIT,
} from '../cashier/scripted-gateway.ts'

const SECOND = 1_000
const FORM = { contentType: 'application/x-www-form-urlencoded; charset=utf-8' }
const quiet = () => undefined

const heard = {
  call: [] as CallMessage[],
  transition: [] as TransitionMessage[],
  verify: [] as VerifyMessage[],
  notification: [] as NotificationMessage[],
  delivery: [] as DeliveryMessage[],
  problem: [] as ProblemMessage[],
}

const stops: (() => void)[] = []
const listen = (observer?: Observer): void => {
  stops.push(
    observe(
      observer ?? {
        call: (message) => heard.call.push(message),
        transition: (message) => heard.transition.push(message),
        verify: (message) => heard.verify.push(message),
        notification: (message) => heard.notification.push(message),
        delivery: (message) => heard.delivery.push(message),
        problem: (message) => heard.problem.push(message),
      },
    ),
  )
}

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  for (const messages of Object.values(heard)) messages.splice(0)
})

const shop = (
  script: Record<string, Answer | Answer[]>,
  options: Partial<Parameters<typeof createCashier>[0]> = {},
) => {
  const gateway = new ScriptedGateway(script)
  const alipay = gateway.client()
  return { gateway, alipay, cashier: createCashier({ alipay, clock: gateway.clock, onProblem: quiet, ...options }) }
}

describe('f2f:call', () => {
  test('tells method, order, host, duration and Alipay’s codes, and nothing else of the reply', async () => {
    listen()
    const { cashier } = shop({ pay: problem('ACQ.BUYER_BALANCE_NOT_ENOUGH') })
    const { outTradeNo } = await cashier.pay(order())
    await cashier.idle()
    expect(heard.call).toEqual([
      {
        method: 'alipay.trade.pay',
        outTradeNo,
        outRequestNo: undefined,
        merchantId: undefined,
        gateway: 'gateway.test',
        at: Date.UTC(2026, 0, 1),
        duration: 0,
        result: { code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' },
      },
    ])
  })

  test('tells the error of a call without a trustworthy reply, and how long it took', async () => {
    listen()
    const { alipay, gateway } = shop({ query: { after: 3 * SECOND, reply: 'bad signature' } })
    const asked = alipay.query({ out_trade_no: 'T1' }).catch((error: unknown) => error)
    await gateway.clock.advance(3 * SECOND)
    expect(heard.call[0]).toMatchObject({ duration: 3 * SECOND, error: await asked })
    expect(heard.call[0]).toMatchObject({ error: { code: 'REPLY_BAD_SIGNATURE' } })
    expect(heard.call[0]).not.toHaveProperty('result')
  })

  test('names the merchant and the refund it is about', async () => {
    listen()
    const { cashier } = shop(
      { pay: PAID, refund: { code: '10000', fund_change: 'Y' } },
      { merchants: () => ({ appAuthToken: '202601BBsecret' }) },
    )
    const { outTradeNo } = await cashier.pay(order({ merchantId: 'M7' }))
    await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    expect(heard.call.map(({ merchantId, outRequestNo }) => [merchantId, outRequestNo])).toEqual([
      ['M7', undefined],
      ['M7', 'R1'],
    ])
    expect(JSON.stringify(heard)).not.toContain('202601BBsecret')
  })

  test('a token given for one call is not the merchant’s', async () => {
    listen()
    const { alipay } = shop({ query: status('TRADE_SUCCESS') })
    const merchant = alipay.withAuth('token-of-M7', 'M7')
    await merchant.query({ out_trade_no: 'T1' })
    await merchant.query({ out_trade_no: 'T1' }, { appAuthToken: 'of-somebody-else' })
    expect(heard.call.map(({ merchantId }) => merchantId)).toEqual(['M7', undefined])
  })

  test('a request refused before anything is sent is no call', async () => {
    listen()
    const { alipay } = shop({})
    await expect(alipay.query({ out_trade_no: '' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    expect(heard.call).toEqual([])
  })
})

describe('f2f:transition', () => {
  test('tells every committed change of a payment in order, the insert first', async () => {
    listen()
    const { cashier, gateway } = shop({
      pay: 'drop',
      query: [WAIT, status('WAIT_BUYER_PAY')],
      cancel: cancelled('close'),
    })
    const { outTradeNo } = await cashier.start(order({ storeId: 'S1', terminalId: 'K2' }))
    await gateway.clock.advance(70 * SECOND)
    const payment = await cashier.find(outTradeNo)
    expect(heard.transition.map(({ version }) => version)).toEqual(
      Array.from({ length: payment?.version ?? 0 }, (_, index) => index + 1),
    )
    expect(heard.transition[0]).toMatchObject({
      outTradeNo,
      kind: 'barcode',
      storeId: 'S1',
      terminalId: 'K2',
      event: 'start',
      from: undefined,
      to: 'paying',
      totalAmount: '1.00',
      changes: ['begun'],
      age: 0,
    })
    expect(
      heard.transition.filter(({ changes }) => changes.length > 0).map(({ to, changes }) => [to, changes]),
    ).toEqual([
      ['paying', ['begun']],
      ['confirming', ['unknown']],
      ['cancelling', ['cancelling']],
      ['closed', ['settled']],
    ])
    expect(heard.transition.at(-1)).toMatchObject({ from: 'cancelling', cancelReason: 'deadline', age: 60 * SECOND })
  })

  test('a change that lost its race is not told', async () => {
    listen()
    const { cashier } = shop({ pay: PAID })
    await cashier.pay(order())
    await cashier.idle()
    const versions = heard.transition.map(({ version }) => version)
    expect(new Set(versions).size).toBe(versions.length)
  })

  test('tells what became of a refund', async () => {
    listen()
    const { cashier } = shop({ pay: PAID, refund: { code: '10000', fund_change: 'Y' } })
    const { outTradeNo } = await cashier.pay(order())
    await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    await cashier.idle()
    const refunds = heard.transition.flatMap(({ refund }) => (refund === undefined ? [] : [refund]))
    expect(refunds).toMatchObject([
      { outRequestNo: 'R1', refundAmount: '0.40', from: undefined, to: 'pending' },
      { from: 'pending', to: 'succeeded' },
    ])
  })
})

describe('f2f:verify and f2f:notification', () => {
  const news = (outTradeNo: string) => ({
    notify_type: 'trade_status_sync',
    app_id: '2021000000000001',
    out_trade_no: outTradeNo,
    trade_status: 'TRADE_SUCCESS',
    total_amount: '1.00',
    buyer_logon_id: '159****5620',
  })

  test('a genuine one: what it is about, and the answer', async () => {
    listen()
    const { cashier } = shop({ pay: WAIT })
    const { outTradeNo } = await cashier.start(order())
    await cashier.handleNotify(await signNotify(news(outTradeNo), ALIPAY.pkcs8Pem), FORM)
    expect(heard.verify).toMatchObject([{ result: { outTradeNo, notifyType: 'trade_status_sync' } }])
    expect(heard.notification.map(({ result }) => result)).toEqual([
      { reply: 'success', code: undefined, outTradeNo, tradeStatus: 'TRADE_SUCCESS' },
    ])
    expect(JSON.stringify(heard)).not.toContain('159****5620')
  })

  test('a forged one: why it was refused, and nothing it claims', async () => {
    listen()
    const { cashier } = shop({ pay: WAIT })
    const { outTradeNo } = await cashier.start(order())
    await cashier.handleNotify(await signNotify(news(outTradeNo), APP.pkcs8Pem), FORM)
    expect(heard.verify).toMatchObject([{ error: { code: 'NOTIFY_BAD_SIGNATURE' } }])
    expect(heard.notification.map(({ result }) => result)).toEqual([
      { reply: 'fail', code: 'NOTIFY_BAD_SIGNATURE', outTradeNo: undefined, tradeStatus: undefined },
    ])
  })

  test('a genuine one about an order that is not ours', async () => {
    listen()
    const { cashier } = shop({})
    await cashier.handleNotify(await signNotify(news('X9'), ALIPAY.pkcs8Pem), FORM)
    expect(heard.notification[0]?.result).toMatchObject({
      reply: 'fail',
      code: 'NOTIFY_UNKNOWN_ORDER',
      outTradeNo: 'X9',
    })
  })
})

describe('f2f:delivery and f2f:problem', () => {
  test('each attempt is told with its number, a failed one with what was thrown', async () => {
    listen()
    const fire = new Error('the till printer is on fire')
    let calls = 0
    const onSettled = () => {
      if (++calls === 1) throw fire
    }
    const { cashier, gateway } = shop({ pay: PAID }, { onSettled })
    const { outTradeNo } = await cashier.pay(order())
    await gateway.clock.advance(5 * SECOND)
    expect(heard.delivery).toMatchObject([
      { outTradeNo, kind: 'settled', attempt: 1, error: fire },
      { outTradeNo, kind: 'settled', attempt: 2, duration: 0 },
    ])
    expect(heard.delivery[1]).not.toHaveProperty('error')
    expect(heard.problem).toEqual([{ error: fire, outTradeNo }])
  })
})

describe('those who watch', () => {
  test('a payment goes the same way with and without them', async () => {
    const run = async () => {
      const { cashier, gateway } = shop({ pay: 'hang', query: [WAIT, status('TRADE_SUCCESS')] })
      await cashier.start(order({ outTradeNo: 'SAME' }))
      await gateway.clock.advance(60 * SECOND)
      return { payment: await cashier.find('SAME'), calls: gateway.calls }
    }
    const unwatched = await run()
    listen()
    expect(await run()).toEqual(unwatched)
    expect(heard.call.length).toBe(unwatched.calls.length)
  })

  test('nothing is made for nobody', async () => {
    const { call } = diagnosticChannels()
    const started = vi.spyOn(call, 'tracePromise')
    const { alipay } = shop({ query: status('TRADE_SUCCESS') })
    await alipay.query({ out_trade_no: 'T1' })
    expect(started).not.toHaveBeenCalled()
    listen()
    await alipay.query({ out_trade_no: 'T1' })
    expect(started).toHaveBeenCalledOnce()
    started.mockRestore()
  })

  test('hear nothing more once they have stopped', async () => {
    listen()
    for (const stop of stops.splice(0)) stop()
    const { cashier } = shop({ pay: PAID })
    await cashier.pay(order())
    expect(Object.values(heard).flat()).toEqual([])
    expect(channel('f2f:transition').hasSubscribers).toBe(false)
    expect(tracingChannel('f2f:call').hasSubscribers).toBe(false)
  })

  test('who throws gets a warning and disturbs nothing', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(quiet)
    listen({
      transition: () => {
        throw new Error('no more ink')
      },
    })
    const { cashier } = shop({ pay: PAID })
    expect(await cashier.pay(order())).toMatchObject({ status: 'paid' })
    await cashier.idle()
    expect(warned).toHaveBeenCalledWith('no more ink', expect.objectContaining({ type: 'F2fWarning' }))
    warned.mockRestore()
  })

  test('see later queries outside the request that began the payment, whose timer they share', async () => {
    const request = new AsyncLocalStorage<string>()
    const seen: (string | undefined)[] = []
    stops.push(
      (() => {
        const { start } = diagnosticChannels().call
        const note = () => seen.push(request.getStore())
        start.subscribe(note)
        return () => start.unsubscribe(note)
      })(),
    )
    const { cashier, gateway } = shop({ pay: WAIT, query: status('TRADE_SUCCESS') })
    await request.run('request 1', () => cashier.start(order()))
    await gateway.clock.advance(10 * SECOND)
    expect(seen).toEqual(['request 1', undefined])
  })
})
