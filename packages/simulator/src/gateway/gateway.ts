import { holdingClock } from '@f2f/core'
import type { Fault } from '../faults/fault.ts'
import type { PlannedCall } from '../faults/fault-plan.ts'
import { Refusal } from '../ledger/refusal.ts'
import type { World } from '../world.ts'
import { type Answer, echoNumber, tradeKey } from './call.ts'
import { ConnectionLost } from './connection-lost.ts'
import { businessFailure, GatewayProblem, type ReplyNode, success } from './problem.ts'
import { type Received, receive } from './receive.ts'
import type { Replier } from './reply.ts'

/**
 * Answers one request to `gateway.do`.
 *
 * @throws ConnectionLost when the plan says that the connection breaks
 */
export const answerGateway = async (world: World, request: Request): Promise<Response> => {
  const reception = await holdingClock(world.clock, () => receive(world, request))
  if ('problem' in reception) return reception.reply(reception.problem.node)
  const { reply, received } = reception
  return deliver(world, received, reply, await perform(world, received))
}

/** The call's work, with the faults planned before and after it. */
const perform = async (world: World, received: Received): Promise<Answer> => {
  const planned = countCall(world, received)
  const before = world.faults.take(planned, 'before')
  if (before?.fault === 'delay') await world.clock.sleep(before.delay ?? world.settings.replyDelay)
  else if (before !== undefined) return { node: success({}), fault: before }
  const answer = work(world, received)
  return { node: answer.node, fault: answer.fault ?? world.faults.take(planned, 'after') }
}

/** Counts the call, and says of it what fault rules ask for. */
const countCall = (world: World, { call, method }: Received): PlannedCall => {
  const outTradeNo = orderNumber(world, call)
  if (outTradeNo !== undefined) world.calls.add(call.merchant.userId, outTradeNo, method.shortName)
  return { method: method.name, shortName: method.shortName, outTradeNo }
}

const orderNumber = (world: World, { biz, merchant }: Received['call']): string | undefined => {
  if (biz.out_trade_no === undefined && biz.trade_no === undefined) return undefined
  try {
    const key = tradeKey(biz)
    return world.ledger.find(merchant.userId, key)?.outTradeNo ?? key.outTradeNo
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const work = (world: World, { call, method }: Received): Answer => {
  try {
    return method.handle(call, world)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { node: businessFailure(error.subCode, error.subMessage, method.refusedFields?.(call.biz) ?? {}) }
  }
}

/** Sends the answer, or what the fault leaves of it. */
const deliver = async (world: World, received: Received, reply: Replier, answer: Answer): Promise<Response> => {
  const { fault } = answer
  if (fault?.fault === 'drop') throw new ConnectionLost()
  if (fault?.fault === 'http500') return page(500)
  if (fault?.fault === 'garbage') return page(200)
  if (fault?.fault === 'delay') await world.clock.sleep(fault.delay ?? world.settings.replyDelay)
  return reply(spoiledNode(answer.node, fault, received), {
    wrongSignature: fault?.fault === 'bad_signature',
    encrypted: received.encrypted,
  })
}

const spoiledNode = (node: ReplyNode, fault: Fault | undefined, { call: { biz } }: Received): ReplyNode => {
  switch (fault?.fault) {
    case 'unavailable':
      return new GatewayProblem('isp.unknow-error').node
    case 'system_error':
      return systemError(echoNumber(biz))
    case 'retry_flag':
      return systemError({ ...echoNumber(biz), retry_flag: 'Y' })
    default:
      return node
  }
}

const systemError = (fields: Readonly<Record<string, unknown>>): ReplyNode => {
  const { subCode, subMessage } = new Refusal('ACQ.SYSTEM_ERROR')
  return businessFailure(subCode, subMessage, fields)
}

const page = (status: number): Response =>
  new Response('<html><body><h1>The system is busy</h1></body></html>', {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
  })
