import { type Cashier, createAlipay, createCashier, type Payment, type PaymentStore, parseForm } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { createSimulator, type Simulator } from '@f2f/simulator'
import { everyFault } from '../lib/faults.ts'
import type { Random } from '../lib/random.ts'

export interface Shop {
  readonly clock: SimulatedClock
  readonly simulator: Simulator
  readonly cashier: Cashier
  /** How often each payment's settlement was delivered, by status. */
  readonly delivered: ReadonlyMap<string, readonly string[]>
  /** Requests sent to Alipay, by method. */
  readonly calls: ReadonlyMap<string, number>
  /** How many of them were cancels and refunds sent again. */
  readonly repeats: () => number
  post(path: string, body: object): Promise<unknown>
}

/** A shop and an Alipay in one process, on one clock that is moved by hand. A share of everything goes wrong. */
export const openShop = (store: PaymentStore, random: Random, seed: number, faultShare: number): Shop => {
  const clock = new SimulatedClock()
  const delivered = new Map<string, string[]>()
  const calls = new Map<string, number>()
  const firsts = new Set<string>()
  let repeats = 0
  const notify = async (request: Request): Promise<Response> => {
    if (random.chance(faultShare)) return new Response('bad gateway', { status: 502 })
    const body = new Uint8Array(await request.arrayBuffer())
    const { reply } = await cashier.handleNotify(body, {
      contentType: request.headers.get('content-type') ?? undefined,
    })
    return new Response(reply)
  }
  const simulator = createSimulator({ clock, seed, faults: everyFault(faultShare), notify: { send: notify } })
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    sellerId: simulator.sellerId,
    gateway: 'http://alipay.test/gateway.do',
    notifyUrl: 'http://shop.test/notify',
    clock,
    transport: (request) => {
      const method = new URL(request.url).searchParams.get('method') ?? ''
      calls.set(method, (calls.get(method) ?? 0) + 1)
      if (method === 'alipay.trade.cancel' || method === 'alipay.trade.refund') {
        const content = JSON.parse(parseForm(request.body).get('biz_content') ?? '{}') as Record<string, string>
        const what = `${method} ${content.out_trade_no} ${content.out_request_no}`
        if (firsts.has(what)) repeats++
        firsts.add(what)
      }
      return simulator.transport(request)
    },
  })
  const onSettled = ({ outTradeNo, status }: Payment): void => {
    if (random.chance(faultShare)) throw new Error('the shop was busy')
    delivered.set(outTradeNo, [...(delivered.get(outTradeNo) ?? []), status])
  }
  const cashier = createCashier({ alipay, store, clock, onSettled, onProblem: () => undefined })
  return {
    clock,
    simulator,
    cashier,
    delivered,
    calls,
    repeats: () => repeats,
    post: async (path, body) => {
      const request = new Request(`http://alipay.test${path}`, { method: 'POST', body: JSON.stringify(body) })
      return (await simulator.fetch(request)).json()
    },
  }
}
