import { type Alipay, type Cashier, createAlipay, createCashier, memoryStore, type PaymentStore } from '@f2f/core'
import { allowAnyone, type HandlerOptions } from '@f2f/core/http'
import { signReply } from '@f2f/core/testing'
import { APP_ID } from '../keys.ts'
import { ORDER } from '../messages.ts'

export interface ShopKeys {
  readonly privateKey: string
  readonly alipayPrivateKey: string
  readonly alipayPublicKey: string
}

/** What every adapter mounts. */
export interface BenchShop extends HandlerOptions {
  readonly cashier: Cashier
  readonly alipay: Alipay
  readonly store: PaymentStore
}

/**
 * A back end in memory, with one payment in it that is paid. Its Alipay answers in the same process, with one reply
 * that was signed before: each call is signed and its reply verified, and no other process takes the processor.
 */
export const benchShop = async ({ privateKey, alipayPrivateKey, alipayPublicKey }: ShopKeys): Promise<BenchShop> => {
  const node = { code: '10000', msg: 'Success', trade_no: '2026112122001400000000000000', total_amount: '88.88' }
  const body = await signReply('alipay.trade.pay', node, alipayPrivateKey)
  const alipay = createAlipay({
    appId: APP_ID,
    privateKey,
    alipayPublicKey,
    transport: async () => ({ status: 200, headers: {}, body }),
  })
  const store = memoryStore()
  const cashier = createCashier({ alipay, store, onSettled: () => undefined })
  const order = {
    outTradeNo: ORDER.out_trade_no,
    authCode: '280000000000000000',
    totalAmount: '88.88',
    subject: '咖啡',
  }
  const { status } = await cashier.pay(order)
  if (status !== 'paid') throw new Error(`the payment is ${status}, not paid`)
  return { cashier, alipay, store, authenticate: allowAnyone }
}
