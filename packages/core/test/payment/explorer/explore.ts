import { isSettled, prepareBarcode, prepareQr } from '../../../src/index.ts'
import { keyOf } from './key.ts'
import { movesOf, type Scope } from './moves.ts'
import { type Exploration, search } from './search.ts'
import { canBeScanned, EXPLORED_POLICY, type Machine, UNIT, type World } from './world.ts'

const order = { outTradeNo: 'T1', totalAmount: '1.00', subject: 'tea' }

const beginning = (machine: Machine, { kind }: Scope): World => {
  const now = 1_000 * UNIT
  const prepared =
    kind === 'qr'
      ? prepareQr(order, EXPLORED_POLICY, now)
      : prepareBarcode({ ...order, authCode: '281234567890123456' }, EXPLORED_POLICY, now)
  const { payment, effects } = machine(prepared.payment, { type: 'start', at: now }, EXPLORED_POLICY)
  return {
    now,
    payment: { ...payment, history: [] },
    pending: effects.map((effect) => ({ effect, asOf: payment.version })),
    calls: [],
    telling: undefined,
    told: undefined,
    trade: 'none',
    paidNotifications: 0,
    closedNotifications: 0,
    cancelForbidden: false,
    paysSent: 0,
    tillCancelled: false,
    everPaid: false,
    reversedAfterPaid: false,
    qrShown: false,
  }
}

const isFinished = ({ payment }: World): boolean =>
  isSettled(payment) && payment.nextAt === undefined && payment.reports.length === 0

/** The invariants of design §3, as far as one state shows them. Returns what is broken. */
const brokenIn = (world: World, scope: Scope): string | undefined => {
  const { payment, trade } = world
  const alive = trade === 'paid' || trade === 'waiting'
  if (payment.status === 'paid' && trade !== 'paid') return 'I1: paid, but Alipay does not have the money'
  if (isSettled(payment) && payment.status !== 'paid' && payment.nextAt === undefined) {
    if (alive) return `I1: ${payment.status} for good, but the trade is ${trade}`
    if (world.calls.some((call) => call.kind === 'pay' && call.answer === undefined))
      return `I1: ${payment.status} for good, but a pay may still land`
    if (canBeScanned(world) && trade === 'none') return `I1: ${payment.status} for good, but the QR code can be scanned`
  }
  if (payment.dueAt === undefined && (!isSettled(payment) || payment.nextAt !== undefined))
    return 'I2: unfinished, and nothing will ever wake it'
  if (world.paysSent > 1) return 'I3: pay was sent twice'
  if (world.reversedAfterPaid) return 'I4: a cancel took the money back after paid was reported'
  if (scope.reports && isFinished(world) && world.telling === undefined && world.told !== payment.status) {
    return `I5: ${payment.status} for good, but the shop was told ${world.told ?? 'nothing'}`
  }
  return undefined
}

/** Visits every state a payment can get into, and checks the invariants in each. */
export const explore = (machine: Machine, scope: Scope): Exploration =>
  search({
    start: beginning(machine, scope),
    moves: movesOf(machine, scope),
    keyOf,
    brokenIn: (world) => brokenIn(world, scope),
    isEnd: isFinished,
  })
