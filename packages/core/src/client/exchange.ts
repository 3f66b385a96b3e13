import { holdingClock } from '../clock.ts'
import { F2fError, neverSent } from '../errors.ts'
import { type RawReply, readReply } from '../protocol/reply.ts'
import { type BuiltRequest, buildRequest } from '../protocol/request.ts'
import { beijingTimestamp } from '../protocol/time.ts'
import type { TransportResponse } from '../transport.ts'
import type { Deadline } from './deadline.ts'
import { interruption } from './interruption.ts'
import type { WireSettings } from './settings.ts'
import { turnstile } from './turnstile.ts'

/** What is sent. */
export interface Outgoing {
  readonly method: string
  readonly content: object | undefined
  readonly appAuthToken: string | undefined
  readonly notifyUrl: string | undefined
}

/** Real replies have a few thousand bytes; bills and files never travel this way. */
const MAX_REPLY_BYTES = 1024 * 1024

const prepare = async (wire: WireSettings, outgoing: Outgoing): Promise<BuiltRequest> => {
  const { method, content, appAuthToken, notifyUrl } = outgoing
  const timestamp = beijingTimestamp(wire.clock.now())
  const request = await buildRequest({ ...wire, method, timestamp, bizContent: content, appAuthToken, notifyUrl })
  // Many signatures come back at once.
  await turnstile()
  return request
}

const signedInTime = async (wire: WireSettings, outgoing: Outgoing, deadline: Deadline): Promise<BuiltRequest> => {
  try {
    return await holdingClock(wire.clock, () => deadline.race(prepare(wire, outgoing)))
  } catch (error) {
    if (error !== deadline.signal.reason) throw error
    const interrupted = interruption(deadline.signal, false)
    if (interrupted.code === 'REQUEST_ABORTED') throw interrupted
    throw new F2fError('REQUEST_SIGN_FAILED', 'The request was not signed in time.', { cause: interrupted })
  }
}

const send = async (wire: WireSettings, request: BuiltRequest, deadline: Deadline): Promise<TransportResponse> => {
  const { signal } = deadline
  if (signal.aborted) throw interruption(signal, false)
  const { url, headers, body } = request
  try {
    return await deadline.race(
      wire.transport({ method: 'POST', url, headers, body, signal, maxReplyBytes: MAX_REPLY_BYTES }),
    )
  } catch (error) {
    throw signal.aborted ? interruption(signal, !neverSent(error)) : error
  }
}

/**
 * Sends one request, once, and takes its reply apart. Nothing in the reply is verified yet.
 *
 * @throws F2fError `REQUEST_*`, `NOT_SENT`, `UNKNOWN_*`, `REPLY_TOO_LARGE`, `REPLY_UNREADABLE`,
 * `REPLY_DUPLICATE_MEMBER`
 */
export const exchange = async (wire: WireSettings, outgoing: Outgoing, deadline: Deadline): Promise<RawReply> => {
  if (deadline.signal.aborted) throw interruption(deadline.signal, false)
  const request = await signedInTime(wire, outgoing, deadline)
  const { status, body } = await send(wire, request, deadline)
  await holdingClock(wire.clock, turnstile)
  if (status !== 200) {
    throw new F2fError('UNKNOWN_HTTP_STATUS', 'The gateway answered with another HTTP status.', { details: { status } })
  }
  if (body.length > MAX_REPLY_BYTES) throw new F2fError('REPLY_TOO_LARGE', 'The transport returned too long a reply.')
  return readReply(body, outgoing.method, { charset: wire.charset })
}
