import { maskAuthCode } from '../auth-code.ts'
import { traced } from '../diagnostics/channels.ts'
import { callTrace, textOf } from './call-trace.ts'
import { startDeadline } from './deadline.ts'
import { exchange, type Outgoing } from './exchange.ts'
import { failureOf } from './failure.ts'
import type { CallOptions } from './options.ts'
import type { WireSettings } from './settings.ts'
import type { TrustedKeys } from './trusted-keys.ts'
import { assertAnswers, openReply, type ReplyNode } from './trustworthy-reply.ts'

/** What all calls of a client, and of those made by `withAuth`, share. */
export interface Connection {
  readonly wire: WireSettings
  readonly keys: TrustedKeys
  /** By the clock. */
  lastVerifiedReplyAt: number | undefined
}

export interface CallInput extends Outgoing {
  readonly movesMoney: boolean
  /** By the clock: when the time of the call began. */
  readonly calledAt: number
  readonly options: Pick<CallOptions, 'signal' | 'timeout'>
  /** Whose token it carries, for those who watch. */
  readonly merchantId: string | undefined
}

/** Members of a request that open something. `isv.invalid-signature` quotes the whole request in `sub_msg`. */
const SECRETS = ['auth_code', 'app_auth_token', 'code', 'refresh_token'] as const

const withoutSecrets = (reply: ReplyNode, content: ReplyNode, appAuthToken: string | undefined): ReplyNode => {
  const { sub_msg: subMsg } = reply
  if (typeof subMsg !== 'string') return reply
  const secrets = [appAuthToken, ...SECRETS.map((name) => content[name])]
  const masked = secrets.reduce<string>(
    (text, secret) =>
      typeof secret === 'string' && secret !== '' ? text.replaceAll(secret, maskAuthCode(secret)) : text,
    subMsg,
  )
  return masked === subMsg ? reply : { ...reply, sub_msg: masked }
}

const answer = async (connection: Connection, input: CallInput): Promise<ReplyNode> => {
  const { wire, keys } = connection
  const { method, movesMoney, calledAt, options, appAuthToken } = input
  const content: ReplyNode = { ...input.content }
  const timeLeft = calledAt + (options.timeout ?? wire.timeout) - wire.clock.now()
  const deadline = startDeadline(wire.clock, timeLeft, options.signal)
  try {
    const raw = await exchange(wire, input, deadline)
    const reply = await openReply(raw, wire, keys, deadline)
    assertAnswers(content, reply)
    connection.lastVerifiedReplyAt = wire.clock.now()
    return withoutSecrets(reply, content, appAuthToken)
  } catch (error) {
    throw failureOf(error, { method, movesMoney, outTradeNo: textOf(content.out_trade_no) })
  } finally {
    deadline.end()
  }
}

/**
 * One call: sent once, answered by a verified reply or an error.
 *
 * @throws F2fError
 */
export const performCall = (connection: Connection, input: CallInput): Promise<ReplyNode> =>
  traced(callTrace(connection.wire, input), () => answer(connection, input))
