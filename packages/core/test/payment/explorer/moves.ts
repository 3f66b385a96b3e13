import type { Payment } from '../../../src/index.ts'
import type { Move as NamedMove } from './search.ts'
import {
  type Call,
  canBeScanned,
  EXPLORED_POLICY,
  type Machine,
  type News,
  type Pending,
  type Trade,
  UNIT,
  type World,
} from './world.ts'

type Move = NamedMove<World>

const problem = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: 'no answer' }
const facts = {}
const UNKNOWN = { is: 'unknown', problem } as const

const unknownAnswer = (kind: Call['kind'], asOf = 0): News => {
  if (kind === 'pay') return { type: 'payReply', outcome: UNKNOWN }
  if (kind === 'offer') return { type: 'offerReply', outcome: UNKNOWN }
  if (kind === 'query') return { type: 'queryReply', asOf, outcome: UNKNOWN }
  return { type: 'cancelReply', outcome: { is: 'again', problem, blocked: false } }
}

export interface Scope {
  readonly kind: 'barcode' | 'qr'
  /** Follow the telling of the shop too; without, reports are taken out as soon as they are made. */
  readonly reports: boolean
  /** So many things in the air keep us from adding another wake-up. */
  readonly inTheAir: number
}

/** All moves from a world, for one machine. */
export const movesOf = (machine: Machine, scope: Scope) => {
  const happen = (world: World, news: News): World => {
    const { payment, effects } = machine(world.payment, { ...news, at: world.now }, EXPLORED_POLICY)
    // The audit trail never decides anything, so it is kept out of the state.
    const slim: Payment = { ...payment, history: [], problem: undefined, ...(scope.reports ? {} : { reports: [] }) }
    const wanted = scope.reports ? effects : effects.filter((effect) => effect.type !== 'report')
    return {
      ...world,
      payment: slim,
      pending: [...world.pending, ...wanted.map((effect) => ({ effect, asOf: payment.version }))],
      everPaid: world.everPaid || payment.status === 'paid',
      qrShown: world.qrShown || (payment.qrCode !== undefined && world.payment.qrCode === undefined),
    }
  }

  const without = <T>(items: readonly T[], index: number): readonly T[] => items.filter((_, i) => i !== index)
  const swap = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
    items.map((old, i) => (i === index ? item : old))

  const perform = (world: World, { effect, asOf }: Pending, pending: readonly Pending[]): Move[] => {
    const rest = { ...world, pending }
    if (effect.type === 'report') {
      const reportId = effect.report.id
      const fail = {
        name: 'the shop’s code throws',
        world: { ...rest, telling: { type: 'reportFailed', reportId } as const },
      }
      const tell = {
        name: `the shop is told ${world.payment.status}`,
        world: { ...rest, told: world.payment.status, telling: { type: 'reported', reportId } as const },
      }
      return world.telling === undefined ? [fail, tell] : []
    }
    if (effect.type === 'refund' || effect.type === 'refundQuery') return []
    const call: Call = { kind: effect.type, awaited: true, answer: undefined, asOf }
    const paysSent = world.paysSent + (effect.type === 'pay' ? 1 : 0)
    return [{ name: `send ${effect.type}`, world: { ...rest, calls: [...world.calls, call], paysSent } }]
  }

  /** The request reaches Alipay: what it may do, and what it then answers. */
  const landings = (
    world: World,
    { kind, asOf }: Call,
  ): readonly { readonly trade: Trade; readonly answer: News; readonly how: string }[] => {
    const { trade } = world
    if (kind === 'pay') {
      const reply = (is: 'paid' | 'waiting'): News => ({ type: 'payReply', outcome: { is, facts } })
      if (trade !== 'none') return [{ trade, answer: unknownAnswer('pay'), how: 'trade exists' }]
      const refused: News = { type: 'payReply', outcome: { is: 'refused', failure: problem, certain: true } }
      return [
        { trade: 'paid', answer: reply('paid'), how: 'paid' },
        { trade: 'waiting', answer: reply('waiting'), how: 'buyer must confirm' },
        { trade: 'none', answer: refused, how: 'refused' },
        { trade: 'paid', answer: unknownAnswer('pay'), how: 'paid, but says system error' },
        { trade: 'none', answer: unknownAnswer('pay'), how: 'nothing done, says system error' },
      ]
    }
    if (kind === 'offer') {
      const refused: News = { type: 'offerReply', outcome: { is: 'refused', failure: problem, certain: true } }
      return [
        {
          trade,
          answer: { type: 'offerReply', outcome: { is: 'offered', qrCode: 'https://qr.alipay.com/x' } },
          how: 'QR made',
        },
        { trade, answer: refused, how: 'refused' },
      ]
    }
    if (kind === 'query') {
      const is = (
        { none: 'notFound', waiting: 'waiting', paid: 'paid', closed: 'closed', refunded: 'closed' } as const
      )[trade]
      const outcome = is === 'notFound' ? ({ is } as const) : ({ is, facts } as const)
      return [{ trade, answer: { type: 'queryReply', asOf, outcome }, how: is }]
    }
    const reply = (is: 'closed' | 'refunded' | 'nothing'): News => ({ type: 'cancelReply', outcome: { is, facts } })
    const impossible = {
      trade,
      answer: { type: 'cancelReply', outcome: { is: 'impossible', problem } },
      how: 'cannot be cancelled',
    } as const
    if (trade === 'none') return [{ trade, answer: reply('nothing'), how: 'no such trade' }]
    if (trade === 'closed') return [{ trade, answer: reply('closed'), how: 'closed already' }, impossible]
    if (trade === 'refunded') return [{ trade, answer: reply('refunded'), how: 'refunded already' }, impossible]
    if (world.cancelForbidden) return [impossible]
    const done = trade === 'waiting' ? ('closed' as const) : ('refunded' as const)
    return [
      { trade: done, answer: reply(done), how: done },
      { trade: done, answer: unknownAnswer('cancel'), how: `${done}, but says try again` },
      { trade, answer: unknownAnswer('cancel'), how: 'nothing done, says try again' },
    ]
  }

  const isLastLook = ({ payment }: World): boolean =>
    payment.settledAt !== undefined && payment.rechecks >= EXPLORED_POLICY.recheckAfter.length - 1

  /** The assumption behind the re-checks: no request arrives later than the last of them. */
  const withoutLateComers = (world: World): World => ({
    ...world,
    calls: world.calls.filter((call) => call.answer !== undefined || (call.kind !== 'pay' && call.kind !== 'offer')),
  })

  const land = (world: World, call: Call, index: number): Move[] =>
    landings(world, call).map(({ trade, answer, how }) => {
      const changed = trade !== world.trade
      const calls = call.awaited ? swap(world.calls, index, { ...call, answer }) : without(world.calls, index)
      const landed: World = {
        ...world,
        calls,
        trade,
        paidNotifications: changed && trade === 'paid' ? 2 : world.paidNotifications,
        closedNotifications: changed && trade === 'closed' ? 1 : world.closedNotifications,
        reversedAfterPaid: world.reversedAfterPaid || (call.kind === 'cancel' && changed && world.everPaid),
      }
      const last = call.kind === 'query' && isLastLook(world) ? withoutLateComers(landed) : landed
      return { name: `${call.kind} arrives: ${how}`, world: last }
    })

  const callMoves = (world: World, call: Call, index: number): Move[] => {
    const rest: World = { ...world, calls: without(world.calls, index) }
    if (call.answer !== undefined) {
      return [
        { name: `${call.kind} reply received`, world: happen(rest, call.answer) },
        { name: `${call.kind} reply lost`, world: happen(rest, unknownAnswer(call.kind, call.asOf)) },
      ]
    }
    if (!call.awaited) return [...land(world, call, index), { name: `late ${call.kind} never arrives`, world: rest }]
    const stray: World = { ...world, calls: swap(world.calls, index, { ...call, awaited: false }) }
    const giveUp = {
      name: `${call.kind} times out`,
      world: happen(call.kind === 'query' ? rest : stray, unknownAnswer(call.kind, call.asOf)),
    }
    return [...land(world, call, index), giveUp]
  }

  const crash = (world: World): World => ({
    ...world,
    pending: [],
    telling: undefined,
    calls: world.calls.flatMap((call) =>
      call.answer !== undefined || call.kind === 'query' ? [] : [{ ...call, awaited: false }],
    ),
  })

  const alipayMoves = (world: World): Move[] => {
    const moves: Move[] = []
    if (canBeScanned(world) && world.trade === 'none')
      moves.push({ name: 'the buyer scans the QR', world: { ...world, trade: 'waiting' } })
    if (world.trade === 'waiting') {
      moves.push({ name: 'the buyer confirms', world: { ...world, trade: 'paid', paidNotifications: 2 } })
      moves.push({ name: 'the trade times out', world: { ...world, trade: 'closed', closedNotifications: 1 } })
    }
    if (world.trade === 'paid' && !world.cancelForbidden) {
      moves.push({ name: 'too late to cancel', world: { ...world, cancelForbidden: true } })
    }
    if (world.paidNotifications > 0) {
      const told: World = { ...world, paidNotifications: world.paidNotifications - 1 }
      moves.push({ name: 'notification: paid', world: happen(told, { type: 'notify', news: { is: 'paid', facts } }) })
    }
    if (world.closedNotifications > 0) {
      const told: World = { ...world, closedNotifications: world.closedNotifications - 1 }
      moves.push({
        name: 'notification: closed',
        world: happen(told, { type: 'notify', news: { is: 'closed', facts } }),
      })
    }
    return moves
  }

  return (world: World): Move[] => {
    const moves: Move[] = []
    const [effect, ...pending] = world.pending
    if (effect !== undefined) moves.push(...perform(world, effect, pending))
    for (const [index, call] of world.calls.entries()) moves.push(...callMoves(world, call, index))
    if (world.telling !== undefined) {
      moves.push({ name: 'the telling is recorded', world: happen({ ...world, telling: undefined }, world.telling) })
    }
    moves.push(...alipayMoves(world))
    const busy = world.pending.length + world.calls.length
    if (busy > 0 || world.telling !== undefined) moves.push({ name: 'crash', world: crash(world) })
    const dueAt = world.payment.dueAt?.getTime()
    if (dueAt !== undefined && busy < scope.inTheAir) {
      const woken: World = { ...world, now: Math.max(world.now, dueAt) }
      moves.push({ name: 'wake-up', world: happen(woken, { type: 'wake' }) })
    }
    if (!world.tillCancelled && busy < scope.inTheAir) {
      moves.push({
        name: 'the till cancels',
        world: happen({ ...world, tillCancelled: true }, { type: 'cancelRequested' }),
      })
    }
    if (busy > 0) moves.push({ name: 'time passes', world: { ...world, now: world.now + UNIT } })
    return moves
  }
}
