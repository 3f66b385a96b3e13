import { F2fError, type RefundOrder, type RefundOutcome } from '../../../src/index.ts'
import {
  mayStillArrive,
  REQUEST_LIFE,
  type RefundCall,
  type RefundEffect,
  type RefundNews,
  type RefundWorld,
} from './refund-world.ts'
import type { Move as NamedMove } from './search.ts'
import { EXPLORED_POLICY, type Machine, UNIT } from './world.ts'

type Move = NamedMove<RefundWorld>

const problem = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: 'no answer' }
const UNKNOWN = { is: 'unknown', problem } as const
const REFUSED = { is: 'refused', failure: problem } as const

export interface RefundScope {
  /** The refunds the shop may ask for. */
  readonly orders: readonly RefundOrder[]
  /** How often it asks, repeats included. */
  readonly asks: number
  /** So many things in the air keep us from adding another. */
  readonly inTheAir: number
}

const without = <T>(items: readonly T[], index: number): readonly T[] => items.filter((_, i) => i !== index)
const swap = <T>(items: readonly T[], index: number, item: T): readonly T[] =>
  items.map((old, i) => (i === index ? item : old))

const unknownAnswer = ({ kind, outRequestNo, asOf }: RefundCall): RefundNews =>
  kind === 'refund'
    ? { type: 'refundReply', outRequestNo, asOf, outcome: UNKNOWN }
    : { type: 'refundQueryReply', outRequestNo, asOf, outcome: UNKNOWN }

interface Landing {
  readonly gives: boolean
  readonly answer: RefundNews
  readonly how: string
}

/** A refund request reaches Alipay: what it may do, and what it then answers. */
const refundLandings = (world: RefundWorld, { outRequestNo, asOf }: RefundCall): readonly Landing[] => {
  const landing = (gives: boolean, outcome: RefundOutcome): Landing => ({
    gives,
    answer: { type: 'refundReply', outRequestNo, asOf, outcome },
    how: `${gives ? 'given back' : 'nothing done'}, says ${outcome.is}`,
  })
  const nothingDone = [landing(false, REFUSED), landing(false, UNKNOWN), landing(false, { is: 'accepted' })]
  if (world.givenBack[outRequestNo] !== undefined) return nothingDone
  return [landing(true, { is: 'refunded' }), landing(true, UNKNOWN), landing(true, { is: 'accepted' }), ...nothingDone]
}

/** A refund query reaches Alipay: what was given back a moment ago may not be seen yet. */
const queryLandings = ({ givenBack, now }: RefundWorld, { outRequestNo, asOf }: RefundCall): readonly Landing[] => {
  const landing = (is: 'refunded' | 'nothing'): Landing => ({
    gives: false,
    answer: { type: 'refundQueryReply', outRequestNo, asOf, outcome: { is } },
    how: is,
  })
  const at = givenBack[outRequestNo]
  if (at === undefined) return [landing('nothing')]
  return now - at < REQUEST_LIFE ? [landing('refunded'), landing('nothing')] : [landing('refunded')]
}

/** All moves from a world, for one machine. */
export const refundMovesOf = (machine: Machine, scope: RefundScope) => {
  const commit = (world: RefundWorld, event: Parameters<Machine>[1]): RefundWorld => {
    const { payment, effects } = machine(world.payment, event, EXPLORED_POLICY)
    const wanted = effects.filter((effect): effect is RefundEffect => 'outRequestNo' in effect)
    return {
      ...world,
      payment: { ...payment, reports: [] },
      pending: [...world.pending, ...wanted],
    }
  }
  const happen = (world: RefundWorld, news: RefundNews): RefundWorld => commit(world, { ...news, at: world.now })

  const ask = (world: RefundWorld, refund: RefundOrder): Move[] => {
    try {
      const asked = commit(world, { type: 'refundRequested', at: world.now, refund })
      const name = `the shop asks for ${refund.outRequestNo}`
      return asked.payment === world.payment ? [] : [{ name, world: { ...asked, asksLeft: world.asksLeft - 1 } }]
    } catch (error) {
      if (error instanceof F2fError) return []
      throw error
    }
  }

  const send = (world: RefundWorld, index: number): Move => {
    const { type: kind, outRequestNo } = world.pending[index]!
    const asOf = world.payment.version
    const call: RefundCall = { kind, outRequestNo, asOf, awaited: true, sentAt: world.now, answer: undefined }
    const pending = without(world.pending, index)
    return { name: `send ${kind} ${outRequestNo}`, world: { ...world, pending, calls: [...world.calls, call] } }
  }

  const land = (world: RefundWorld, call: RefundCall, index: number): Move[] => {
    const landings = call.kind === 'refund' ? refundLandings(world, call) : queryLandings(world, call)
    return landings.map(({ gives, answer, how }) => {
      const givenBack = gives ? { ...world.givenBack, [call.outRequestNo]: world.now } : world.givenBack
      const calls = call.awaited ? swap(world.calls, index, { ...call, answer }) : without(world.calls, index)
      const name = `${call.kind} ${call.outRequestNo} arrives: ${how}`
      return { name, world: { ...world, calls, givenBack } }
    })
  }

  const callMoves = (world: RefundWorld, call: RefundCall, index: number): Move[] => {
    const rest: RefundWorld = { ...world, calls: without(world.calls, index) }
    const what = `${call.kind} ${call.outRequestNo}`
    if (call.answer !== undefined) {
      return [
        { name: `${what} reply received: ${call.answer.outcome.is}`, world: happen(rest, call.answer) },
        { name: `${what} reply lost`, world: happen(rest, unknownAnswer(call)) },
      ]
    }
    const arrives = call.kind === 'refundQuery' || mayStillArrive(world, call) ? land(world, call, index) : []
    if (!call.awaited) return [...arrives, { name: `late ${what} never arrives`, world: rest }]
    const stray: RefundWorld = { ...world, calls: swap(world.calls, index, { ...call, awaited: false }) }
    const giveUp: Move = {
      name: `${what} times out`,
      world: happen(call.kind === 'refundQuery' ? rest : stray, unknownAnswer(call)),
    }
    return [...arrives, giveUp]
  }

  const crash = (world: RefundWorld): RefundWorld => ({
    ...world,
    pending: [],
    calls: world.calls.flatMap((call) =>
      call.answer !== undefined || call.kind === 'refundQuery' ? [] : [{ ...call, awaited: false }],
    ),
  })

  return (world: RefundWorld): Move[] => {
    const moves = world.pending.map((_, index) => send(world, index))
    for (const [index, call] of world.calls.entries()) moves.push(...callMoves(world, call, index))
    const busy = world.pending.length + world.calls.length
    if (world.asksLeft > 0) for (const refund of scope.orders) moves.push(...ask(world, refund))
    if (busy > 0) moves.push({ name: 'crash', world: crash(world) })
    const dueAt = world.payment.dueAt?.getTime()
    const isIdle = world.pending.length === 0
    if (dueAt !== undefined && busy < scope.inTheAir && (isIdle || dueAt <= world.now)) {
      const woken: RefundWorld = { ...world, now: Math.max(world.now, dueAt) }
      moves.push({ name: 'wake-up', world: commit(woken, { type: 'wake', at: woken.now }) })
    }
    if (busy > 0 && isIdle) moves.push({ name: 'time passes', world: { ...world, now: world.now + UNIT } })
    return moves
  }
}
