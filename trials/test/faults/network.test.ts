import { createAlipay, createCashier, F2fError, memoryStore } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { auditBooks, createSimulator } from '@f2f/simulator'
import { describe, expect, test } from 'vitest'

const SECOND = 1_000

/** A till whose line to Alipay can be cut, in one direction or both. */
const till = () => {
  const clock = new SimulatedClock()
  const simulator = createSimulator({ clock })
  const line = { cut: undefined as 'before' | 'after' | 'refused' | undefined }
  const { appId, appPrivateKey, alipayPublicKey } = simulator
  const alipay = createAlipay({
    appId,
    privateKey: appPrivateKey,
    alipayPublicKey,
    gateway: 'http://alipay.test/gateway.do',
    clock,
    transport: async (request) => {
      if (line.cut === 'refused') throw new F2fError('NOT_SENT', 'The connection was refused.')
      if (line.cut === 'before') throw new F2fError('UNKNOWN_CONNECTION_LOST', 'The line is cut.')
      const reply = await simulator.transport(request)
      if (line.cut === 'after') throw new F2fError('UNKNOWN_CONNECTION_LOST', 'The line is cut.')
      return reply
    },
  })
  const store = memoryStore()
  return { clock, simulator, line, store, cashier: createCashier({ alipay, store, clock }) }
}

describe('the network to Alipay is cut for a minute', () => {
  test.each(['before', 'after', 'refused'] as const)(
    '(%s the request arrives): nothing is lost, and it goes on by itself',
    async (cut) => {
      const { clock, simulator, line, store, cashier } = till()
      const codes = ['00', '03', '09', '20', '21']
      for (const [index, ending] of codes.entries()) {
        await cashier.start({
          outTradeNo: `BEFORE${index}`,
          authCode: `2812345678901${index}00${ending}`,
          totalAmount: '5.00',
          subject: 'tea',
        })
      }
      await clock.advance(SECOND)
      line.cut = cut
      for (const [index, ending] of codes.entries()) {
        await cashier.start({
          outTradeNo: `DURING${index}`,
          authCode: `2812345678901${index}11${ending}`,
          totalAmount: '5.00',
          subject: 'tea',
        })
      }
      await clock.advance(60 * SECOND)
      line.cut = undefined
      await clock.advance(900 * SECOND)
      for await (const payment of store.list({ unfinished: true })) expect(payment).toBeUndefined()
      const lines = await auditBooks(simulator.ledger.trades(), cashier.list())
      expect(
        lines.flatMap(({ outTradeNo, differences }) => differences.map((each) => `${outTradeNo}: ${each}`)),
      ).toEqual([])
      if (cut === 'refused') {
        expect(await cashier.find('DURING0')).toMatchObject({ status: 'failed', failure: { code: 'NOT_SENT' } })
      }
      await cashier.close()
      simulator.close()
    },
  )
})
