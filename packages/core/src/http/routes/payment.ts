import { isSettled, type Payment } from '../../payment/payment.ts'
import { cancelFields } from '../bodies.ts'
import { type Answer, answer, json } from '../call.ts'
import { readFields } from '../fields.ts'
import { readJson } from '../json-body.ts'
import { invalid } from '../refuse.ts'
import { LOOK, type Route, type Shop, type Visit, visiblePayment } from '../route.ts'
import { eventStream, eventText } from '../sse.ts'
import { paymentDetailView, paymentView } from '../view.ts'
import { following, isWaitAborted, settledWithin } from '../waiting.ts'

const MOST_SECONDS = 60

const waitOf = (query: URLSearchParams): number => {
  const [wait = '0', ...more] = query.getAll('wait')
  if (more.length === 0 && /^\d{1,2}$/.test(wait) && Number(wait) <= MOST_SECONDS) return Number(wait) * 1000
  throw invalid('wait', `must be a whole number of seconds from 0 to ${MOST_SECONDS}`)
}

/** The version the client saw last; undefined when it has seen none, or sends what we never sent. */
const lastSeen = ({ call }: Visit): number | undefined => {
  const id = call.header('last-event-id') ?? ''
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  // no-transform, X-Accel-Buffering: compressing and buffering proxies would hold events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const streamOf = ({ cashier, clock, heartbeatEvery, onProblem }: Shop, visit: Visit, payment: Payment): Answer => {
  const seen = lastSeen(visit)
  // 204 tells an EventSource not to come back.
  if (isSettled(payment) && payment.version === seen) return answer(204)
  const { controller, release } = following(visit.call)
  const changes = cashier.watch(payment.outTradeNo, { signal: controller.signal })
  const stream = eventStream(changes, {
    textOf(payment) {
      return payment.version === seen ? undefined : eventText(payment.version, paymentDetailView(payment))
    },
    clock,
    heartbeatEvery,
    stop() {
      controller.abort()
      release()
    },
    failed(error) {
      if (!isWaitAborted(error)) onProblem(error, 'watchPayment')
    },
  })
  return answer(200, STREAM_HEADERS, stream)
}

/** GET /payments/{outTradeNo}, its events, and POST …/cancel */
export const paymentRoutes = (shop: Shop): readonly Route[] => [
  {
    operation: 'getPayment',
    method: 'GET',
    path: '/payments/{outTradeNo}',
    scopes: LOOK,
    async handle(visit) {
      const wait = waitOf(visit.query)
      const payment = await visiblePayment(shop, visit)
      return json(200, paymentDetailView(await settledWithin(shop, payment, wait, visit.call)))
    },
  },
  {
    operation: 'watchPayment',
    method: 'GET',
    path: '/payments/{outTradeNo}/events',
    scopes: LOOK,
    handle: async (visit) => streamOf(shop, visit, await visiblePayment(shop, visit)),
  },
  {
    operation: 'cancelPayment',
    method: 'POST',
    path: '/payments/{outTradeNo}/cancel',
    scopes: ['pay'],
    async handle(visit) {
      readFields(await readJson(visit.call, shop.maxBodyBytes), cancelFields)
      const { outTradeNo } = await visiblePayment(shop, visit)
      return json(200, paymentView(await shop.cashier.cancel(outTradeNo)))
    },
  },
]
