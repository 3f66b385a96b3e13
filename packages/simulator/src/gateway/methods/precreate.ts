import { repeatOrder } from '../../ledger/payment.ts'
import { DEFAULT_QR_TIMEOUT, relativeLimit } from '../../ledger/time-limit.ts'
import { optionalText } from '../biz-content.ts'
import { echoNumber, type GatewayMethod } from '../call.ts'
import { readExpiry, readOrder } from '../order.ts'
import { success } from '../problem.ts'

/** `alipay.trade.precreate`: gives out a QR; the trade comes into being when it is scanned (protocol §6.2). */
export const precreate: GatewayMethod = {
  name: 'alipay.trade.precreate',
  shortName: 'precreate',
  refusedFields: echoNumber,
  handle: (call, world) => {
    const at = world.clock.now()
    const order = readOrder(call)
    const expiry = readExpiry(call.biz, at)
    const lifetime = optionalText(call.biz, 'qr_code_timeout_express', 6) ?? DEFAULT_QR_TIMEOUT
    const known = world.ledger.find(order.sellerId, order)
    if (known !== undefined) repeatOrder(known, order)
    const expiresAt = Math.min(relativeLimit(lifetime, at), call.biz.time_expire ? expiry(at) : Infinity)
    const { qrCode } = world.offers.offer({ qrCode: world.numbers.qrCode(), order, expiresAt, expiry }, at)
    return { node: success({ out_trade_no: order.outTradeNo, qr_code: qrCode }) }
  },
}
