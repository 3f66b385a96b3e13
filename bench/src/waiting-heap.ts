/** Child process of the heap bench: starts payments that go on waiting for their buyer, and says what they hold. */
import { type Alipay, createAlipay, createCashier } from '@f2f/core'
import { childConfig, runChild } from './child.ts'
import { heapUsed } from './heap-used.ts'
import { APP_ID, alipayPair, merchant } from './keys.ts'
import { stoppedClock } from './stopped-clock.ts'

const AT_ONCE = 1_000

/** What the child process prints, as JSON. */
interface WaitingHeap {
  readonly bytesEach: number
  readonly timers: number
}

const measure = async (payments: number): Promise<WaitingHeap> => {
  const clock = stoppedClock(Date.now())
  const keys = { privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey }
  const alipay: Alipay = {
    ...createAlipay({ appId: APP_ID, ...keys, clock }),
    pay: async ({ out_trade_no }) => ({ code: '10003', msg: 'order success pay inprocess', out_trade_no }),
  }
  const cashier = createCashier({ alipay, clock, onSettled: () => undefined })
  const before = heapUsed()
  for (let first = 0; first < payments; first += AT_ONCE) {
    const orders = Array.from({ length: AT_ONCE }, (_, index) => ({
      outTradeNo: `T${first + index}`,
      authCode: '280000000000000000',
      totalAmount: '88.88',
      subject: 'Coffee',
      storeId: 'S1',
      terminalId: 'T1',
    }))
    await Promise.all(orders.map((order) => cashier.start(order)))
    await cashier.idle()
  }
  const result = { bytesEach: (heapUsed() - before) / payments, timers: clock.timers.size }
  const last = await cashier.find(`T${payments - 1}`)
  if (last?.status !== 'confirming') throw new Error(`the payments are ${last?.status}, not waiting`)
  return result
}

/** So many payments wait in a process of their own. */
export const runWaiting = (payments: number): Promise<WaitingHeap> =>
  runChild(import.meta.filename, { payments }, ['--expose-gc'])

if (import.meta.main) console.log(JSON.stringify(await measure(childConfig<{ payments: number }>().payments)))
