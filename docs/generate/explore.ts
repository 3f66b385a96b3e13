import type { Payment, PaymentEvent, PaymentStatus } from '@f2f/core'
import { DEFAULT_POLICY, prepareBarcode, prepareQr, transition } from '@f2f/core'

type Call = 'pay' | 'offer' | 'query' | 'cancel'

/** What happened: an event's type, and what it said if it was an answer. */
export type EventName =
  | 'start'
  | 'wake'
  | 'cancelRequested'
  | `payReply ${'paid' | 'waiting' | 'refused' | 'unknown'}`
  | `offerReply ${'offered' | 'refused' | 'unknown'}`
  | `queryReply ${'paid' | 'waiting' | 'closed' | 'notFound' | 'unknown'}`
  | `cancelReply ${'closed' | 'refunded' | 'nothing' | 'impossible' | 'again'}`
  | `notify ${'paid' | 'waiting' | 'closed'}`

export interface Edge {
  readonly from: PaymentStatus
  readonly to: PaymentStatus
  readonly events: readonly EventName[]
}

/** A payment, the calls whose answers may still come (by the version they were made at), and the time. */
interface Situation {
  readonly payment: Payment
  readonly calls: ReadonlyMap<Call, number>
  readonly at: number
}

const BEGIN = Date.UTC(2026, 0, 1)
const SECOND = 1_000
const POLICY = DEFAULT_POLICY
const facts = {}
const problem = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: '' }
const failure = { code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH', message: '' }

const ANSWERS = {
  pay: [
    { is: 'paid', facts },
    { is: 'waiting', facts },
    { is: 'refused', failure, certain: true },
    { is: 'refused', failure, certain: false },
    { is: 'unknown', problem },
  ],
  offer: [
    { is: 'offered', qrCode: 'https://qr.alipay.com/x' },
    { is: 'refused', failure, certain: true },
    { is: 'refused', failure, certain: false },
    { is: 'unknown', problem },
  ],
  query: [
    { is: 'paid', facts },
    { is: 'waiting', facts },
    { is: 'closed', facts },
    { is: 'notFound' },
    { is: 'unknown', problem },
  ],
  cancel: [
    { is: 'closed', facts },
    { is: 'refunded', facts },
    { is: 'nothing', facts },
    { is: 'impossible', problem },
    { is: 'again', problem, blocked: false },
  ],
} as const
const NEWS = ['paid', 'waiting', 'closed'] as const

const answersTo = (call: Call, asOf: number, at: number): readonly PaymentEvent[] => {
  switch (call) {
    case 'pay':
      return ANSWERS.pay.map((outcome) => ({ type: 'payReply', outcome, at }))
    case 'offer':
      return ANSWERS.offer.map((outcome) => ({ type: 'offerReply', outcome, at }))
    case 'query':
      return ANSWERS.query.map((outcome) => ({ type: 'queryReply', outcome, asOf, at }))
    case 'cancel':
      return ANSWERS.cancel.map((outcome) => ({ type: 'cancelReply', outcome, at }))
  }
}

/** All that can happen next: answers to calls that were made, notifications of what was sent, the till, the alarm. */
const eventsIn = ({ payment, calls, at }: Situation): readonly PaymentEvent[] => {
  if (payment.version === 0) return [{ type: 'start', at }]
  const moments = [at, at + SECOND, Math.max(at, payment.deadlineAt.getTime() + SECOND)]
  const later = Math.max(at, payment.dueAt?.getTime() ?? at)
  return [
    { type: 'wake', at: later },
    { type: 'wake', at: Math.max(later, payment.deadlineAt.getTime() + SECOND) },
    ...moments.flatMap((moment): PaymentEvent[] => [
      { type: 'cancelRequested', at: moment },
      ...[...calls].flatMap(([call, asOf]) => answersTo(call, asOf, moment)),
      ...NEWS.map((is): PaymentEvent => ({ type: 'notify', news: { is, facts }, at: moment })),
    ]),
  ]
}

const nameOf = (event: PaymentEvent): EventName => {
  if ('outcome' in event) return `${event.type} ${event.outcome.is}` as EventName
  return event.type === 'notify' ? `notify ${event.news.is}` : (event.type as EventName)
}

const callAnswered = (event: PaymentEvent): Call | undefined =>
  event.type.endsWith('Reply') ? (event.type.replace('Reply', '') as Call) : undefined

const isCall = (type: string): type is Call => type in ANSWERS

const after = ({ calls, payment: before }: Situation, event: PaymentEvent): Situation => {
  const { payment, effects } = transition(before, event, POLICY)
  const next = new Map(calls)
  const answered = callAnswered(event)
  if (answered !== undefined) next.delete(answered)
  for (const { type } of effects) if (isCall(type)) next.set(type, payment.version)
  return { payment, calls: next, at: event.at }
}

/** What the machine's next step can depend on; how often and exactly when is left out, so that there is an end. */
const signature = ({ payment, calls, at }: Situation): string =>
  JSON.stringify([
    payment.kind,
    payment.status,
    payment.version === 0,
    payment.cancellation?.reason,
    payment.cancellation?.next,
    payment.payUnknown,
    payment.needsAttention,
    payment.lateSuccess,
    payment.failure?.code,
    payment.rechecks,
    payment.nextAt === undefined,
    at > payment.deadlineAt.getTime(),
    [...calls].map(([call, asOf]) => [call, asOf >= payment.askFrom]).sort(),
  ])

const beginnings = (): readonly Situation[] => {
  const order = { outTradeNo: 'T1', totalAmount: '8.88', subject: 'Tea' }
  const payments = [
    prepareBarcode({ ...order, authCode: '280000000000000000' }, POLICY, BEGIN).payment,
    prepareQr(order, POLICY, BEGIN).payment,
  ]
  return payments.map((payment) => ({ payment, calls: new Map(), at: BEGIN }))
}

/** Every change of status the payment machine can make, with all that causes it, found by walking through it. */
export const exploreMachine = (): { readonly edges: readonly Edge[]; readonly situations: number } => {
  const edges = new Map<string, { from: PaymentStatus; to: PaymentStatus; events: Set<EventName> }>()
  const seen = new Set<string>()
  const waiting = [...beginnings()]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const key = signature(next)
    if (seen.has(key)) continue
    seen.add(key)
    for (const event of eventsIn(next)) {
      const situation = after(next, event)
      const [from, to] = [next.payment.status, situation.payment.status]
      waiting.push(situation)
      if (from === to) continue
      const edge = edges.get(`${from} ${to}`) ?? { from, to, events: new Set() }
      edges.set(`${from} ${to}`, edge)
      edge.events.add(nameOf(event))
    }
  }
  const sorted = [...edges.values()].map(({ from, to, events }) => ({ from, to, events: [...events].sort() }))
  return { edges: sorted.sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`)), situations: seen.size }
}
