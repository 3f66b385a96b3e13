import type { Payment } from '../../../src/index.ts'
import { facts, landings, unknownAnswer } from './landings.ts'
import type { Move as NamedMove } from './search.ts'
import {
  type Call,
  canBeScanned,
  EXPLORED_POLICY,
  type Machine,
  type News,
  type Pending,
  UNIT,
  type World,
} from './world.ts'

type Move = NamedMove<World>

export interface Scope {
  readonly kind: 'barcode' | 'qr'
  /** Follow the telling of the shop too; without, reports are taken out as soon as they are made. */
  readonly reports: boolean
  /** So many things in the air keep us from adding another wake-up. */
  readonly inTheAir: number
}

/**
 * Queries and cancels are sent as soon as it is their turn, so that no world is spent on their waiting. That loses
 * nothing, whatever the machine does: they may take on the network the time they would have waited. Had a crash kept
 * them from being sent, the same world comes about when it forgets the query, and when the cancel never arrives. No
 * invariant asks whether they have been sent, and who has no way to an end before sending has none after.
 */
const sendAhead = (world: World): World => {
  let sent = 0
  const calls = [...world.calls]
  for (const { effect, asOf } of world.pending) {
    if (effect.type !== 'query' && effect.type !== 'cancel') break
    calls.push({ kind: effect.type, awaited: true, answer: undefined, asOf })
    sent++
  }
  return sent === 0 ? world : { ...world, calls, pending: world.pending.slice(sent) }
}

/** How much is in the air. */
const busyWith = ({ pending, calls }: World): number => pending.length + calls.length

/** All moves from a world, for one machine. */
export const movesOf = (machine: Machine, scope: Scope) => {
  /** The audit trail never decides anything, so it is kept out of the state. */
  const slim = (payment: Payment): Payment => ({
    ...payment,
    history: [],
    problem: undefined,
    reports: scope.reports ? payment.reports : [],
  })

  const happen = (world: World, news: News): World => {
    const { payment, effects } = machine(world.payment, { ...news, at: world.now }, EXPLORED_POLICY)
    const wanted = scope.reports ? effects : effects.filter((effect) => effect.type !== 'report')
    return sendAhead({
      ...world,
      payment: payment === world.payment ? payment : slim(payment),
      pending: [...world.pending, ...wanted.map((effect) => ({ effect, asOf: payment.version }))],
      everPaid: world.everPaid || payment.status === 'paid',
      qrShown: world.qrShown || (payment.qrCode !== undefined && world.payment.qrCode === undefined),
    })
  }

  /**
   * What happens a limited number of times, and nobody can count on: it is no part of a way to an end. When the machine
   * does nothing about it, the world after it is one where it may happen once less. All that may follow there follows
   * here too, in worlds that differ in nothing an invariant looks at, so there is no need to go there.
   */
  const mayHappen = (name: string, before: World, usedUp: World, news: News): Move[] => {
    const world = happen(usedUp, news)
    const isIgnored = world.payment === before.payment && busyWith(world) === busyWith(before)
    return isIgnored ? [] : [{ name, world, isChance: true }]
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
        world: sendAhead({ ...rest, telling: { type: 'reportFailed', reportId } }),
      }
      const tell = {
        name: `the shop is told ${world.payment.status}`,
        world: sendAhead({ ...rest, told: world.payment.status, telling: { type: 'reported', reportId } }),
      }
      return world.telling === undefined ? [fail, tell] : []
    }
    if (effect.type === 'refund' || effect.type === 'refundQuery') return []
    const call: Call = { kind: effect.type, awaited: true, answer: undefined, asOf }
    const paysSent = world.paysSent + (effect.type === 'pay' ? 1 : 0)
    return [{ name: `send ${effect.type}`, world: sendAhead({ ...rest, calls: [...world.calls, call], paysSent }) }]
  }

  const isLastLook = ({ payment }: World): boolean =>
    payment.settledAt !== undefined && payment.rechecks >= EXPLORED_POLICY.recheckAfter.length - 1

  /** The assumption behind the re-checks: no request arrives later than the last of them. */
  const withoutLateComers = (world: World): World => ({
    ...world,
    calls: world.calls.filter((call) => call.answer !== undefined || (call.kind !== 'pay' && call.kind !== 'offer')),
  })

  const land = (world: World, call: Call, index: number): Move[] =>
    landings(world, call).map(({ trade, answer, how, forbids }) => {
      const changed = trade !== world.trade
      const calls = call.awaited ? swap(world.calls, index, { ...call, answer }) : without(world.calls, index)
      const landed: World = {
        ...world,
        calls,
        trade,
        cancelForbidden: forbids ?? world.cancelForbidden,
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
    const { paidNotifications, closedNotifications } = world
    if (paidNotifications > 0) {
      const told: World = { ...world, paidNotifications: paidNotifications - 1 }
      moves.push(...mayHappen('notification: paid', world, told, { type: 'notify', news: { is: 'paid', facts } }))
    }
    if (closedNotifications > 0) {
      const told: World = { ...world, closedNotifications: closedNotifications - 1 }
      moves.push(...mayHappen('notification: closed', world, told, { type: 'notify', news: { is: 'closed', facts } }))
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
    const busy = busyWith(world)
    if (world.pending.length > 0 || world.calls.some((call) => call.awaited) || world.telling !== undefined)
      moves.push({ name: 'crash', world: crash(world) })
    const dueAt = world.payment.dueAt?.getTime()
    if (dueAt !== undefined && busy < scope.inTheAir) {
      const woken: World = { ...world, now: Math.max(world.now, dueAt) }
      moves.push({ name: 'wake-up', world: happen(woken, { type: 'wake' }) })
    }
    if (!world.tillCancelled && busy < scope.inTheAir) {
      moves.push(
        ...mayHappen('the till cancels', world, { ...world, tillCancelled: true }, { type: 'cancelRequested' }),
      )
    }
    if (busy > 0) moves.push({ name: 'time passes', world: { ...world, now: world.now + UNIT } })
    return moves
  }
}
