import type { Payment } from '../../payment/payment.ts'
import { offerFields, startFields } from '../bodies.ts'
import { type Answer, json } from '../call.ts'
import { readFields } from '../fields.ts'
import { readJson } from '../json-body.ts'
import { type Caller, checkIdentity, type Identity } from '../principal.ts'
import type { Route, Shop } from '../route.ts'
import { paymentView } from '../view.ts'

/** The order as the caller may give it: ids from the caller, a number from us when there is none. */
const orderBy = <O extends Partial<Identity> & { readonly outTradeNo?: string | undefined }>(
  order: O,
  caller: Caller,
  newOutTradeNo: () => string,
) => {
  checkIdentity(caller, order)
  const { storeId, terminalId, operatorId, merchantId } = caller
  return { ...order, outTradeNo: order.outTradeNo ?? newOutTradeNo(), storeId, terminalId, operatorId, merchantId }
}

/** Whether the number is taken already, so that its payment is not begun by this request. */
const isTaken = async ({ cashier }: Shop, outTradeNo: string | undefined): Promise<boolean> =>
  outTradeNo !== undefined && (await cashier.find(outTradeNo)) !== undefined

const begun = (payment: Payment, again: boolean): Answer =>
  again
    ? json(200, paymentView(payment))
    : json(201, paymentView(payment), { location: `payments/${payment.outTradeNo}` })

/** POST /payments and POST /qr-payments */
export const beginRoutes = (shop: Shop): readonly Route[] => {
  const { cashier, maxBodyBytes, newOutTradeNo } = shop
  return [
    {
      operation: 'startPayment',
      method: 'POST',
      path: '/payments',
      scopes: ['pay'],
      async handle({ call, caller }) {
        const body = readFields(await readJson(call, maxBodyBytes), startFields)
        const order = orderBy(body, caller, newOutTradeNo)
        const again = await isTaken(shop, body.outTradeNo)
        return begun(await cashier.start(order), again)
      },
    },
    {
      operation: 'offerPayment',
      method: 'POST',
      path: '/qr-payments',
      scopes: ['pay'],
      async handle({ call, caller }) {
        const body = readFields(await readJson(call, maxBodyBytes), offerFields)
        const order = orderBy(body, caller, newOutTradeNo)
        const again = await isTaken(shop, body.outTradeNo)
        return begun(await cashier.offer(order), again)
      },
    },
  ]
}
