import type { Payment } from '../../payment/payment.ts'
import { json } from '../call.ts'
import { cursorOf } from '../cursor.ts'
import { listFilter } from '../list-query.ts'
import { LOOK, type Route, type Shop } from '../route.ts'
import { paymentView } from '../view.ts'

/** GET /payments */
export const listRoutes = ({ cashier }: Shop): readonly Route[] => [
  {
    operation: 'listPayments',
    method: 'GET',
    path: '/payments',
    scopes: LOOK,
    async handle({ query, caller }) {
      const filter = listFilter(query, caller)
      const found: Payment[] = []
      // One more than is shown tells whether there is a next page.
      for await (const payment of cashier.list({ ...filter, limit: filter.limit + 1 })) found.push(payment)
      const page = found.slice(0, filter.limit)
      const last = page.at(-1)
      const nextCursor = found.length > page.length && last !== undefined ? cursorOf(last) : undefined
      return json(200, { payments: page.map(paymentView), nextCursor })
    },
  },
]
