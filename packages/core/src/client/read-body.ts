import type { IncomingMessage } from 'node:http'
import { F2fError } from '../errors.ts'

const tooLarge = (limit: number): F2fError =>
  new F2fError('REPLY_TOO_LARGE', 'The reply is longer than a reply of Alipay can be.', { details: { limit } })

/**
 * The whole body of a reply.
 *
 * @param limit - a longer body is not read to its end: the connection is destroyed. Bytes.
 * @throws F2fError `REPLY_TOO_LARGE`; `UNKNOWN_CONNECTION_LOST` when the connection breaks before the end
 */
export const readBody = (reply: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const refuse = (): void => {
      reject(tooLarge(limit))
      reply.destroy()
    }
    reply.on('error', (cause) => {
      reject(new F2fError('UNKNOWN_CONNECTION_LOST', 'The connection broke before the reply was complete.', { cause }))
    })
    if (Number(reply.headers['content-length']) > limit) {
      refuse()
      return
    }
    reply.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > limit) refuse()
      else chunks.push(chunk)
    })
    reply.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)))
  })
