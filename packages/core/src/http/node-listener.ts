import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer, BodyStream } from './call.ts'
import { behindHandler, type Handler } from './fetch-bridge.ts'
import { nodeCall, onClientGone } from './node-call.ts'
import { discardBody, isShort } from './node-discard.ts'
import { below, splitTarget } from './router.ts'

/**
 * Answers a Node request. Resolves when the answer has been written, the client has gone, or `next` was called.
 *
 * With `next`, as Express and Connect give it, paths outside the handler's `basePath` are handed on, and errors nobody
 * planned for go to the framework instead of becoming an answer of ours.
 */
export type NodeListener = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>

const drained = (res: ServerResponse, then: () => void): void => {
  const go = (): void => {
    res.off('drain', go).off('close', go)
    then()
  }
  res.once('drain', go).once('close', go)
}

/** Writes as fast as the client reads. In callbacks: an async function would hold the last chunk while it waits. */
const pipe = (body: BodyStream, res: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    const next = (): void => void body.next().then(take).catch(reject)
    const take = ({ done, value }: IteratorResult<string | Uint8Array>): void => {
      if (done === true) res.end()
      if (done === true || res.destroyed) resolve()
      else if (res.write(value)) next()
      else drained(res, next)
    }
    onClientGone(res, () => void body.return?.())
    res.flushHeaders()
    next()
  })

const setHead = (res: ServerResponse, { status, headers }: Answer): void => {
  res.statusCode = status
  for (const [name, value] of headers) {
    if (name === 'set-cookie') res.appendHeader(name, value)
    else res.setHeader(name, value)
  }
}

/** Headers that are set stay with the response, an array for each, as long as its stream is open; written ones do not. */
const writeHead = (res: ServerResponse, answer: Answer): void => {
  const headers = [...answer.headers]
  if (headers.some(([name]) => name === 'set-cookie')) setHead(res, answer)
  else res.writeHead(answer.status, Object.fromEntries(headers))
}

/** A long body that nobody wanted costs the client its connection, but not the answer. */
const finishLong = async (req: IncomingMessage, res: ServerResponse, text: string): Promise<void> => {
  res.setHeader('content-length', Buffer.byteLength(text))
  res.write(text)
  await discardBody(req)
  res.end()
}

const finish = (req: IncomingMessage, res: ServerResponse, text: string): Promise<void> => {
  if (!isShort(req)) return finishLong(req, res, text)
  res.end(text)
  return discardBody(req)
}

const write = (req: IncomingMessage, res: ServerResponse, answer: Answer): Promise<void> => {
  if (res.destroyed) return Promise.resolve()
  if (!isShort(req) && req.httpVersionMajor === 1) res.setHeader('connection', 'close')
  const { body = '' } = answer
  if (typeof body === 'object') {
    writeHead(res, answer)
    return pipe(body, res)
  }
  setHead(res, answer)
  return finish(req, res, body)
}

/**
 * Mounts a handler on Node's `http` and `https`, and on whatever hands out their requests and responses.
 *
 * The body is read from the stream, so mount it before any body parser. After one, the bytes it kept are used
 * (`req.rawBody`, or a `req.body` that is bytes or text); when it kept none, the answer is a 500 with the code
 * `HTTP_BODY_CONSUMED` or `NOTIFY_BODY_PARSED`.
 *
 * @param handler - from `createHandler` or `createNotifyHandler`, or any other Fetch handler
 */
export const toNodeListener = (handler: Handler): NodeListener => {
  const { respond, basePath } = behindHandler(handler)
  return async (req, res, next) => {
    if (next !== undefined && below(basePath, splitTarget(req.url ?? '/').path) === undefined) {
      next()
      return
    }
    const answer = await respond(nodeCall(req, res))
    if (answer.unexpected !== undefined && next !== undefined) {
      next(answer.unexpected.error)
      return
    }
    answer.unexpected?.report()
    await write(req, res, answer)
  }
}
