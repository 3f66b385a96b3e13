import { isSettled, type Payment } from '@f2f/core'
import { CUSTOMERS } from '../lib/customers.ts'
import type { Random } from '../lib/random.ts'
import type { Shop } from './shop.ts'

const yuanOf = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** Scans the till's QR code after a while, and mostly confirms. */
const scan = async ({ post, clock }: Shop, qrCode: string, random: Random): Promise<void> => {
  await new Promise<void>((resolve) => clock.setTimeout(resolve, random.integer(1, 70) * 1_000))
  const trade = (await post('/wallet/scan', { qrCode })) as { tradeNo?: string }
  if (trade.tradeNo === undefined || random.chance(0.2)) return
  await post(`/wallet/trades/${trade.tradeNo}/${random.chance(0.9) ? 'confirm' : 'decline'}`, {})
}

const refundSome = async ({ cashier }: Shop, payment: Payment, fen: number, random: Random): Promise<void> => {
  const { outTradeNo } = payment
  const first = random.integer(1, fen)
  await cashier.refund({ outTradeNo, outRequestNo: `${outTradeNo}R1`, refundAmount: yuanOf(first), reason: 'soak' })
  if (first === fen || random.chance(0.5)) return
  const second = random.integer(1, fen - first)
  await cashier.refund({ outTradeNo, outRequestNo: `${outTradeNo}R2`, refundAmount: yuanOf(second), reason: 'soak' })
}

const begin = async (shop: Shop, outTradeNo: string, totalAmount: string, random: Random): Promise<Payment> => {
  const order = { outTradeNo, totalAmount, subject: 'soak' }
  if (random.chance(0.15)) {
    const offered = await shop.cashier.offer(order)
    if (offered.qrCode !== undefined && random.chance(0.8)) void scan(shop, offered.qrCode, random)
    return offered
  }
  const { code } = (await shop.post('/codes', { scenario: random.pick(CUSTOMERS) })) as { code: string }
  return shop.cashier.start({ ...order, authCode: code })
}

/** One customer: pays, is seen through to the end, now and then changes their mind or brings something back. */
export const serve = async (shop: Shop, outTradeNo: string, random: Random): Promise<void> => {
  const { cashier, clock } = shop
  const fen = random.integer(1, 20_000)
  let payment = await begin(shop, outTradeNo, yuanOf(fen), random)
  if (random.chance(0.05)) {
    await new Promise<void>((resolve) => clock.setTimeout(resolve, random.integer(0, 20_000)))
    payment = await cashier.cancel(outTradeNo)
  }
  if (!isSettled(payment)) for await (const change of cashier.watch(outTradeNo)) payment = change
  if (payment.status === 'paid' && random.chance(0.15)) await refundSome(shop, payment, fen, random)
}
