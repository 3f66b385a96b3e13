import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAlipay, createCashier, isSettled, memoryStore } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { downloadBill, readBill, reconcile } from '@f2f/reconcile'
import { createSimulator } from '@f2f/simulator'
import type { Context } from '../context.ts'
import { newNumber } from '../shop/numbers.ts'
import { text } from '../text.ts'
import type { Customer, Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BEIJING = 8 * HOUR
const GATEWAY = 'http://127.0.0.1/gateway.do'
const SCENARIOS: Readonly<Record<Customer, string>> = {
  pays: '00',
  waits: '03',
  never: '09',
  systemError: '20',
  lost: '30',
  poor: '04',
}
/** ms; longer than any payment's deadline. */
const PATIENCE = 600_000

/** Noon in Beijing, so that all that is played falls on one day of the bill. */
const noonOf = (now: number): number => Math.floor((now + BEIJING) / DAY) * DAY - BEIJING + 12 * HOUR

/** The acceptance in no time: a simulator in this process, on a clock that is moved by hand. */
export const simulatorStage = ({ clock: real, random }: Context): Stage => {
  const clock = new SimulatedClock(noonOf(real.now()))
  const day = new Date(clock.now() + BEIJING).toISOString().slice(0, 10)
  const notifications: { body: string; reply: string }[] = []
  const simulator = createSimulator({
    clock,
    notify: {
      send: async (request) => {
        const body = await request.text()
        const contentType = request.headers.get('content-type') ?? undefined
        const { reply } = await cashier.handleNotify(body, { contentType })
        notifications.push({ body, reply })
        return new Response(reply)
      },
    },
  })
  const { appId, appPrivateKey, alipayPublicKey, sellerId, transport } = simulator
  const alipay = createAlipay({
    appId,
    privateKey: appPrivateKey,
    alipayPublicKey,
    sellerId,
    transport,
    clock,
    gateway: GATEWAY,
    notifyUrl: 'http://127.0.0.1/notify',
  })
  const store = memoryStore()
  const cashier = createCashier({ alipay, store, clock, onProblem: () => undefined })

  const control = (path: string, body: object = {}): Promise<Response> =>
    simulator.fetch(new Request(new URL(path, GATEWAY), { method: 'POST', body: JSON.stringify(body) }))

  const settled: Stage['settled'] = async (outTradeNo) => {
    const isOver = async (): Promise<boolean> => (await cashier.find(outTradeNo))?.settledAt !== undefined
    await clock.advanceUntil(isOver, 1_000, PATIENCE)
    const payment = await cashier.find(outTradeNo)
    if (payment !== undefined && isSettled(payment)) return payment
    throw new Error(`${outTradeNo} did not settle in ${PATIENCE} ms.`)
  }

  return {
    mode: 'simulator',
    appId,
    amount: () => '8.88',
    refundsInParts: true,
    alipay,
    cashier,
    settled,
    number: () => newNumber('A', { clock, random }),
    code: async (customer) =>
      (await control('/codes', { scenario: SCENARIOS[customer] })).json() as Promise<{ code: string }>,
    async notification() {
      const outTradeNo = newNumber('A', { clock, random })
      await cashier.offer({ outTradeNo, totalAmount: '6.66', subject: 'f2f 验收' })
      await control(`/trades/${outTradeNo}/confirm`)
      await settled(outTradeNo)
      await clock.advance(1_000)
      const told = notifications.find(({ body }) => body.includes(outTradeNo))
      return told === undefined ? { missing: text('没有收到通知', 'no notification came') } : { outTradeNo, ...told }
    },
    async bill() {
      await clock.advance(DAY)
      const to = await mkdtemp(join(tmpdir(), 'f2f-accept-'))
      try {
        const file = await downloadBill({
          alipay: { billDownloadUrl: alipay.billDownloadUrl, clock, gateway: GATEWAY },
          billType: 'trade',
          billDate: day,
          to,
          fetch: simulator.fetch,
        })
        if (file.status !== 'downloaded') return { isClean: false, says: text(file.status, file.status) }
        const {
          isClean,
          bill: totals,
          differenceCount,
        } = await reconcile({
          store,
          bill: readBill(file.path, { type: 'trade' }),
          day,
        })
        const rows = totals.payments + totals.refunds
        return {
          isClean,
          says: text(
            `${day}：${rows} 行，差异 ${differenceCount}`,
            `${day}: ${rows} rows, ${differenceCount} differences`,
          ),
        }
      } finally {
        await rm(to, { recursive: true, force: true })
      }
    },
    now: () => clock.now(),
    async close() {
      await cashier.close()
      simulator.close()
    },
  }
}
