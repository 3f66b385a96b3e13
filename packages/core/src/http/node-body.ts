import type { IncomingMessage } from 'node:http'
import { bodyAborted, bodyConsumed, bodyTooLarge } from './body-errors.ts'

/** What body parsers of the usual frameworks leave behind on the request. */
type Parsed = IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown }

/** The declared length in bytes; 0 when none is declared. */
export const declaredLength = ({ headers }: IncomingMessage): number => Number(headers['content-length'] ?? 0)

/** Whether the request brings a body at all. HTTP/2 says so without a header. */
export const mayHaveBody = (req: IncomingMessage): boolean =>
  req.httpVersionMajor > 1 || req.headers['transfer-encoding'] !== undefined || declaredLength(req) > 0

/**
 * The bytes a body parser kept. An object it made of them is of no use: bytes are what a signature covers.
 *
 * @throws F2fError `HTTP_BODY_CONSUMED`
 */
const keptBytes = ({ rawBody, body }: Parsed): Uint8Array => {
  for (const kept of [rawBody, body]) {
    if (typeof kept === 'string') return Buffer.from(kept)
    if (kept instanceof Uint8Array) return kept
  }
  throw bodyConsumed()
}

const joined = (chunks: readonly Buffer[]): Uint8Array => {
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
}

type Settle = Parameters<ConstructorParameters<typeof Promise<Uint8Array>>[0]>

const readAll = (req: IncomingMessage, limit: number, ...[resolve, reject]: Settle): void => {
  const chunks: Buffer[] = []
  let length = 0
  const stop = (): void => void req.off('data', take).off('end', ended).off('error', broken).off('close', broken)
  const take = (chunk: Buffer): void => {
    length += chunk.length
    chunks.push(chunk)
    if (length <= limit) return
    stop()
    req.pause()
    reject(bodyTooLarge(limit))
  }
  const ended = (): void => {
    stop()
    resolve(joined(chunks))
  }
  const broken = (cause?: Error): void => {
    stop()
    reject(bodyAborted(cause))
  }
  req.on('data', take).on('end', ended).on('error', broken).on('close', broken)
}

/** The bytes where nothing has to be waited for; undefined when they are still to come. */
const bytesAtHand = (req: IncomingMessage, limit: number): Uint8Array | undefined => {
  if (!mayHaveBody(req)) return Buffer.alloc(0)
  if (req.readableDidRead) {
    const kept = keptBytes(req)
    if (kept.byteLength > limit) throw bodyTooLarge(limit)
    return kept
  }
  if (declaredLength(req) > limit) throw bodyTooLarge(limit)
  if (req.readableEnded) return Buffer.alloc(0)
  if (req.destroyed) throw bodyAborted()
  return undefined
}

/**
 * The request's bytes: from the stream, or what a body parser that was there first has kept of them.
 *
 * @param limit - a longer body is not read to its end. Bytes.
 * @throws F2fError `HTTP_BODY_TOO_LARGE`, `HTTP_BODY_CONSUMED`, `REQUEST_ABORTED`
 */
export const readNodeBody = (req: IncomingMessage, limit: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const bytes = bytesAtHand(req, limit)
    if (bytes === undefined) readAll(req, limit, resolve, reject)
    else resolve(bytes)
  })

async function* chunksOf(req: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
  if (req.readableDidRead) yield keptBytes(req)
  else yield* req.iterator({ destroyOnReturn: false })
}

/** The body as a Fetch stream, for handlers that are not ours; null when there is none. */
export const nodeBodyStream = (req: IncomingMessage): ReadableStream<Uint8Array> | null => {
  if (!mayHaveBody(req)) return null
  const chunks = chunksOf(req)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        void chunks.return()
      },
    },
    { highWaterMark: 0 },
  )
}
