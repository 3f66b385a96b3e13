import type { IncomingMessage } from 'node:http'
import { declaredLength, mayHaveBody } from './node-body.ts'

/** Unread bytes that are still taken in, so that a client hears the answer before its connection closes. */
const MOST_DISCARDED = 262_144

/** True when nothing of the body is left on the wire. */
const isRead = (req: IncomingMessage): boolean => req.readableEnded || req.destroyed || !mayHaveBody(req)

/** Whether what is left of the body is known to be short, so that the connection can be used again behind it. */
export const isShort = (req: IncomingMessage): boolean =>
  isRead(req) || (req.headers['transfer-encoding'] === undefined && declaredLength(req) <= MOST_DISCARDED)

/** Takes in what is left of the body; resolves at its end or at a bound. */
export const discardBody = (req: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (isRead(req)) {
      resolve()
      return
    }
    let length = 0
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length <= MOST_DISCARDED) return
      req.off('data', take)
      req.pause()
      resolve()
    }
    const over = (): void => resolve()
    req.on('data', take).on('end', over).on('close', over).on('error', over)
    req.resume()
  })
