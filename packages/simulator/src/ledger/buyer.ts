import type { World } from '../world.ts'
import { declineTrade, openTrade, payTrade } from './payment.ts'
import type { QrOffer } from './qr-offers.ts'
import { Refusal } from './refusal.ts'
import type { Order, Trade } from './trade.ts'

/** Opens a trade for an order the buyer has taken up. */
export const open = (world: World, order: Order, expiry: (from: number) => number): Trade => {
  const at = world.clock.now()
  const { buyer } = world.settings
  return world.ledger.commit(openTrade(order, { tradeNo: world.numbers.tradeNo(at), buyer, at, expiresAt: expiry(at) }))
}

/** The buyer pays a waiting trade. */
export const confirm = (world: World, trade: Trade): Trade => world.ledger.commit(payTrade(trade, world.clock.now()))

/** The buyer refuses a waiting trade. */
export const decline = (world: World, trade: Trade): Trade =>
  world.ledger.commit(declineTrade(trade, world.clock.now()))

/** The buyer pays by themselves after `ms`, if the trade is still waiting then. */
export const confirmLater = (world: World, { sellerId, tradeNo }: Trade, ms: number): void => {
  world.clock.setTimeout(() => {
    const trade = world.ledger.find(sellerId, { tradeNo })
    if (trade?.status === 'WAIT_BUYER_PAY') confirm(world, trade)
  }, ms)
}

/** The buyer scans a QR: from now on there is a trade. Scanning it again finds the same one. */
export const scan = (world: World, { order, expiry }: QrOffer): Trade =>
  world.ledger.find(order.sellerId, { outTradeNo: order.outTradeNo }) ?? open(world, order, expiry)

/**
 * The buyer scans the QR with this text.
 *
 * @throws Refusal `ACQ.TRADE_NOT_EXIST` when no living QR has it
 */
export const scanText = (world: World, qrCode: string): Trade => {
  const offer = world.offers.scan(qrCode, world.clock.now())
  if (offer === undefined) throw new Refusal('ACQ.TRADE_NOT_EXIST')
  return scan(world, offer)
}
