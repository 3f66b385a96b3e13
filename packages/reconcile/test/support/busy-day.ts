import type { Shop } from './shop.ts'
import { newCode } from './shop.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What the tills see most, and now and then everything else. */
const SCENARIOS = ['00', '00', '00', '00', '03', '09', '04', '05', '20', '21', '30', '31', '32', '33'] as const

const amountOf = (index: number): string => `${1 + ((index * 37) % 400)}.${String((index * 13) % 100).padStart(2, '0')}`

/** Every fifth payment that was paid is refunded, some in two parts. */
const refundSome = async ({ cashier }: Shop, outTradeNo: string, index: number): Promise<void> => {
  const payment = await cashier.find(outTradeNo)
  if (payment?.status !== 'paid' || index % 5 !== 0) return
  const parts = index % 3 === 0 ? ['0.50', '0.25'] : [payment.totalAmount]
  for (const [part, refundAmount] of parts.entries()) {
    await cashier.refund({ outTradeNo, outRequestNo: `${outTradeNo}_R${part}`, refundAmount })
  }
}

/** A few hundred payments of every kind, with refunds and cancels, until all of them have come to rest. */
export const busyDay = async (shop: Shop, count: number, prefix = 'P'): Promise<void> => {
  const { cashier, clock } = shop
  for (let index = 0; index < count; index++) {
    const outTradeNo = `${prefix}${index}`
    const scenario = SCENARIOS[(index * 5 + Math.floor(index / SCENARIOS.length)) % SCENARIOS.length] ?? '00'
    const order = { outTradeNo, totalAmount: amountOf(index), subject: `商品${index % 9}`, storeId: `S${index % 3}` }
    await cashier.start({ ...order, authCode: newCode(scenario) })
    await clock.advance(2 * SECOND)
    if (index % 11 === 0) await cashier.cancel(outTradeNo)
    if (index >= 20) await refundSome(shop, `${prefix}${index - 20}`, index - 20)
  }
  await clock.advance(30 * MINUTE)
}
