import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCashier } from '../../src/index.ts'
import { logPayments, type PaymentLogger } from '../../src/monitoring/index.ts'
import { type Answer, order, PAID, problem, ScriptedGateway, status } from '../cashier/scripted-gateway.ts'

const SECOND = 1_000

class Lines implements PaymentLogger {
  readonly lines: { level: string; message: string; facts: object }[] = []
  info(facts: object, message: string): void {
    this.lines.push({ level: 'info', message, facts })
  }
  warn(facts: object, message: string): void {
    this.lines.push({ level: 'warn', message, facts })
  }
  error(facts: object, message: string): void {
    this.lines.push({ level: 'error', message, facts })
  }
  get short(): string[] {
    return this.lines.map(({ level, message }) => `${level}: ${message}`)
  }
}

let stop = (): void => undefined
afterEach(() => stop())

const shop = (
  script: Record<string, Answer | Answer[]>,
  options: Partial<Parameters<typeof createCashier>[0]> = {},
) => {
  const logger = new Lines()
  stop = logPayments(logger)
  const gateway = new ScriptedGateway(script)
  const alipay = gateway.client()
  const cashier = createCashier({ alipay, clock: gateway.clock, onProblem: () => undefined, ...options })
  return { logger, gateway, cashier }
}

describe('the log of payments', () => {
  test('info: what is settled, refunds too', async () => {
    const { logger, cashier } = shop({ pay: PAID, refund: { code: '10000', fund_change: 'Y' } })
    const { outTradeNo } = await cashier.pay(order({ storeId: 'S1' }))
    await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
    await cashier.idle()
    expect(logger.short).toEqual(['info: payment paid', 'info: refund succeeded'])
    expect(logger.lines[0]?.facts).toMatchObject({
      outTradeNo,
      storeId: 'S1',
      from: 'paying',
      to: 'paid',
      totalAmount: '1.00',
    })
    expect(logger.lines[1]?.facts).toMatchObject({
      refund: { outRequestNo: 'R1', refundAmount: '0.40', to: 'succeeded' },
    })
  })

  test('why a payment failed, in codes', async () => {
    const { logger, cashier } = shop({ pay: problem('ACQ.BUYER_BALANCE_NOT_ENOUGH') })
    await cashier.pay(order())
    await cashier.idle()
    expect(logger.lines).toMatchObject([
      { level: 'info', message: 'payment failed', facts: { code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' } },
    ])
  })

  test('warn: once when it is unknown, once when a person should look, however long that lasts', async () => {
    const { logger, gateway, cashier } = shop({ pay: 'hang', query: 'drop', cancel: 'drop' })
    await cashier.start(order())
    await gateway.clock.advance(600 * SECOND)
    expect(logger.short).toEqual([
      'warn: payment confirming: Alipay has not said how it stands',
      'warn: payment cancelling: a person should look',
    ])
  })

  test('warn: a notification that is refused', async () => {
    const { logger, cashier } = shop({ query: status('TRADE_SUCCESS') })
    await cashier.handleNotify('sign=x&out_trade_no=secret')
    expect(logger.short).toEqual(['warn: notification refused'])
    expect(logger.lines[0]?.facts).toMatchObject({ reply: 'fail', code: expect.stringMatching(/^NOTIFY_/) })
    expect(JSON.stringify(logger.lines)).not.toContain('secret')
  })

  test('error: problems, without stack and cause', async () => {
    const cause = new Error('postgres://user:password@host')
    const { logger, cashier } = shop(
      { pay: PAID },
      {
        onSettled: () => {
          throw new Error('no printer', { cause })
        },
      },
    )
    const { outTradeNo } = await cashier.pay(order())
    await cashier.idle()
    expect(logger.lines.at(-1)).toEqual({
      level: 'error',
      message: 'problem in the background',
      facts: { outTradeNo, err: { name: 'Error', message: 'no printer' } },
    })
  })

  test('a logger that throws disturbs no payment', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const { logger, cashier } = shop({ pay: PAID })
    logger.info = () => {
      throw new Error('disk full')
    }
    expect(await cashier.pay(order())).toMatchObject({ status: 'paid' })
    await cashier.idle()
    expect(warned).toHaveBeenCalledWith('disk full', expect.anything())
    warned.mockRestore()
  })
})
