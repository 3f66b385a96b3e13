/** A till in a process of its own: starts payments when they are due, and says when it knew that each was paid. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cashier, createAlipay, createCashier, parseForm } from '@f2f/core'
import { payByHand } from './by-hand.ts'
import { type Child, childConfig, startChild } from './child.ts'
import { officialSdk } from './official.ts'

/** How the till learns that a payment was confirmed. */
export type Learning = 'poll' | 'notification' | 'byHand' | 'bareServer'

export interface TillConfig {
  readonly learning: Learning
  readonly gateway: string
  readonly appId: string
  readonly privateKey: string
  readonly alipayPublicKey: string
  /** Each with how long after the beginning its payment starts, ms. */
  readonly orders: readonly { readonly outTradeNo: string; readonly startAfter: number }[]
}

/** Order number → when the till knew that it was paid, ms since 1970, with fractions. */
export type KnownAt = Readonly<Record<string, number>>

/** Says `ready`, begins when it is told, and then says {@link KnownAt} as JSON. */
export const startTill = (config: TillConfig): Promise<Child> => startChild(import.meta.filename, config)

/** Milliseconds since 1970 with fractions, the same in every process of a machine. */
export const instant = (): number => performance.timeOrigin + performance.now()

/** Resolves when the till knows that the payment is paid. */
type Pay = (outTradeNo: string) => Promise<void>

const order = (outTradeNo: string) => ({
  outTradeNo,
  authCode: '280000000000000009',
  totalAmount: '8.88',
  subject: 'Tea',
})

const accessOf = ({ gateway, appId, privateKey, alipayPublicKey }: TillConfig) => ({
  gateway,
  appId,
  privateKey,
  alipayPublicKey,
})

const isPaid = (outTradeNo: string, end: string): void => {
  if (end !== 'paid') throw new Error(`${outTradeNo} ended ${end}`)
}

/** Serves notifications, each answered with what `take` makes of its body. Returns the address. */
const receiveNotifications = async (take: (body: Buffer, contentType: string) => Promise<string>): Promise<string> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = await request.toArray()
    response.end(await take(Buffer.concat(chunks), request.headers['content-type'] ?? ''))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`
}

const payByCashier = async (cashier: Cashier, outTradeNo: string): Promise<void> => {
  const { status, failure } = await cashier.pay(order(outTradeNo))
  isPaid(outTradeNo, failure === undefined ? status : `${status}: ${failure.message}`)
}

const poll = (config: TillConfig): Pay => {
  const cashier = createCashier({ alipay: createAlipay(accessOf(config)) })
  return async (outTradeNo) => payByCashier(cashier, outTradeNo)
}

const notification = async (config: TillConfig): Promise<Pay> => {
  const notifyUrl = await receiveNotifications(
    async (body, contentType) => (await cashier.handleNotify(body, { contentType })).reply,
  )
  const cashier = createCashier({ alipay: createAlipay({ ...accessOf(config), notifyUrl }) })
  return async (outTradeNo) => payByCashier(cashier, outTradeNo)
}

const byHand = (config: TillConfig): Pay => {
  const sdk = officialSdk(config)
  return async (outTradeNo) => isPaid(outTradeNo, await payByHand(sdk, order(outTradeNo)))
}

/** Verifies nothing and keeps nothing: a payment is known when its notification has been read. */
const bareServer = async (config: TillConfig): Promise<Pay> => {
  const waiting = new Map<string, () => void>()
  const notifyUrl = await receiveNotifications(async (body) => {
    waiting.get(parseForm(body).get('out_trade_no') ?? '')?.()
    return 'success'
  })
  const alipay = createAlipay({ ...accessOf(config), notifyUrl })
  return async (outTradeNo) => {
    const { authCode, totalAmount, subject } = order(outTradeNo)
    const told = new Promise<void>((resolve) => waiting.set(outTradeNo, resolve))
    await alipay.pay({
      out_trade_no: outTradeNo,
      scene: 'bar_code',
      auth_code: authCode,
      total_amount: totalAmount,
      subject,
    })
    await told
  }
}

const WAYS: Readonly<Record<Learning, (config: TillConfig) => Pay | Promise<Pay>>> = {
  poll,
  notification,
  byHand,
  bareServer,
}

if (import.meta.main) {
  const { learning, orders, ...access } = childConfig<TillConfig>()
  const pay = await WAYS[learning]({ learning, orders, ...access })
  const begin = once(process, 'message')
  process.send?.('ready')
  await begin
  const known = await Promise.all(
    orders.map(async ({ outTradeNo, startAfter }) => {
      await pause(startAfter)
      await pay(outTradeNo)
      return [outTradeNo, instant()] as const
    }),
  )
  process.send?.(JSON.stringify(Object.fromEntries(known)))
}
