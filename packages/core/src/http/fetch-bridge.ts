import { isF2fError } from '../errors.ts'
import { warn } from '../warn.ts'
import { bodyAborted, bodyConsumed, bodyTooLarge } from './body-errors.ts'
import type { Answer, BodyStream, Call, Respond } from './call.ts'
import { nodeRequest, withNodeRequest } from './node-request.ts'
import { unexpectedAnswer } from './problem.ts'

/** Answers Fetch requests; mounts on anything that speaks the Fetch standard. */
export type Handler = (request: Request) => Promise<Response>

/** What stands behind a handler of ours, so that the Node bridge can do without Fetch's classes. */
interface Behind {
  readonly respond: Respond
  readonly basePath: string
}

const behind = new WeakMap<Handler, Behind>()

const readAll = async (stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength
    if (length > limit) {
      await reader.cancel()
      throw bodyTooLarge(limit)
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

const readBody = async (request: Request, limit: number): Promise<Uint8Array> => {
  if (request.bodyUsed) throw bodyConsumed()
  if (Number(request.headers.get('content-length')) > limit) throw bodyTooLarge(limit)
  if (request.body === null) return new Uint8Array()
  try {
    return await readAll(request.body, limit)
  } catch (error) {
    throw isF2fError(error) ? error : bodyAborted(error)
  }
}

const whenAborted = (signal: AbortSignal, gone: () => void): (() => void) => {
  if (signal.aborted) gone()
  signal.addEventListener('abort', gone)
  return () => signal.removeEventListener('abort', gone)
}

const callOf = (request: Request): Call => {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    target: pathname + search,
    header: (name) => request.headers.get(name) ?? undefined,
    body: (limit) => readBody(request, limit),
    whenGone: (gone) => whenAborted(request.signal, gone),
    head() {
      const head = new Request(request.url, { method: request.method, headers: request.headers })
      return withNodeRequest(head, nodeRequest(request))
    },
    request: () => request,
  }
}

const toWebStream = (body: BodyStream): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await body.next()
        if (done === true) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      },
      async cancel() {
        await body.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** An answer as Fetch has it. */
export const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(typeof body === 'object' ? toWebStream(body) : (body ?? null), {
    status,
    headers: [...headers].map(([name, value]): [string, string] => [name, value]),
  })

/** Makes a Fetch handler of what answers calls. */
export const asHandler = (respond: Respond, basePath: string): Handler => {
  const handler: Handler = async (request) => {
    const answer = await respond(callOf(request))
    answer.unexpected?.report()
    return responseOf(answer)
  }
  behind.set(handler, { respond, basePath })
  return handler
}

const chunksOf = (stream: ReadableStream<Uint8Array>): BodyStream => {
  const reader = stream.getReader()
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      const { done, value } = await reader.read()
      return done ? { done, value: undefined } : { done, value }
    },
    async return() {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}

const answerOf = ({ status, headers, body }: Response): Answer => ({
  status,
  headers,
  body: body === null ? undefined : chunksOf(body),
})

const respondBy =
  (handler: Handler): Respond =>
  async (call) => {
    try {
      return answerOf(await handler(call.request()))
    } catch (error) {
      return unexpectedAnswer(error, () => warn(error))
    }
  }

/** What answers calls behind any handler, ours or not. */
export const behindHandler = (handler: Handler): Behind =>
  behind.get(handler) ?? { respond: respondBy(handler), basePath: '' }
