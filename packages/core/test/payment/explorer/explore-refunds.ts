import { fen, prepareBarcode } from '../../../src/index.ts'
import { refundKeyOf } from './refund-key.ts'
import { type RefundScope, refundMovesOf } from './refund-moves.ts'
import { mayStillArrive, type RefundWorld, sumGivenBack } from './refund-world.ts'
import { type Exploration, search } from './search.ts'
import { EXPLORED_POLICY, type Machine, UNIT } from './world.ts'

const TOTAL = '1.00'

const beginning = (machine: Machine, { asks }: RefundScope): RefundWorld => {
  const now = 1_000 * UNIT
  const order = { outTradeNo: 'T1', totalAmount: TOTAL, subject: 'tea', authCode: '281234567890123456' }
  const prepared = prepareBarcode(order, EXPLORED_POLICY, now)
  const started = machine(prepared.payment, { type: 'start', at: now }, EXPLORED_POLICY)
  const paid = { type: 'payReply', at: now, outcome: { is: 'paid', facts: {} } } as const
  const { payment } = machine(started.payment, paid, EXPLORED_POLICY)
  return {
    now,
    payment: { ...payment, reports: [], dueAt: undefined },
    pending: [],
    calls: [],
    givenBack: {},
    asksLeft: asks,
  }
}

/** What must hold of the refunds in every state. Returns what is broken. */
const brokenIn = (world: RefundWorld, amounts: Readonly<Record<string, number>>): string | undefined => {
  if (sumGivenBack(world, amounts) > fen(TOTAL)) return 'R3: more was given back than had been paid'
  for (const { outRequestNo, status, dueAt } of world.payment.refunds) {
    const isGivenBack = world.givenBack[outRequestNo] !== undefined
    if (status === 'succeeded' && !isGivenBack) return 'R1: succeeded, but Alipay gave nothing back'
    if (status === 'failed' && isGivenBack) return 'R2: failed, but Alipay gave the money back'
    if (
      status === 'failed' &&
      world.calls.some((call) => call.outRequestNo === outRequestNo && mayStillArrive(world, call))
    )
      return 'R2: failed, but a request may still give the money back'
    if (status === 'pending' && (dueAt === undefined || world.payment.dueAt === undefined))
      return 'R4: pending, and nothing will ever wake it'
  }
  return undefined
}

const isFinished = ({ payment, asksLeft }: RefundWorld): boolean =>
  asksLeft === 0 && payment.refunds.every(({ status }) => status !== 'pending')

/** Visits every state the refunds of a paid payment can get into, and checks the invariants in each. */
export const exploreRefunds = (machine: Machine, scope: RefundScope): Exploration => {
  const amounts = Object.fromEntries(
    scope.orders.map(({ outRequestNo, refundAmount }) => [outRequestNo, fen(refundAmount)]),
  )
  return search({
    start: beginning(machine, scope),
    moves: refundMovesOf(machine, scope),
    keyOf: refundKeyOf,
    brokenIn: (world) => brokenIn(world, amounts),
    isEnd: isFinished,
  })
}
