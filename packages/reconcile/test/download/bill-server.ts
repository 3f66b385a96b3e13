import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on loopback that gives one answer after the other, the last of them for ever. */
export const billServer = async (...answers: readonly [Answer, ...Answer[]]) => {
  const requests: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(request.headers)
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? answers[0]
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bill`, requests }
}

const rangeStart = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)

/** The whole file, or the rest that is asked for. */
export const whole =
  (content: Uint8Array, etag?: string): Answer =>
  (request, response) => {
    const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag
    const from = isSame ? rangeStart(request) : 0
    if (etag !== undefined) response.setHeader('etag', etag)
    response.setHeader('content-length', content.length - from)
    if (from > 0) response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`)
    response.writeHead(from > 0 ? 206 : 200)
    response.end(content.subarray(from))
  }

/** Connections that are to break once the client has received this many bytes in all. */
const breakable: { readonly at: number; readonly response: ServerResponse }[] = []

/** Breaks the connections whose bytes have all arrived. Without it a client may never see what was on the way. */
export const breakWhenReceived = ({ received }: { readonly received: number }): void => {
  for (const { response } of breakable.filter(({ at }) => at === received)) response.destroy()
}

/** Some bytes of the file, then the connection is gone; see {@link breakWhenReceived}. */
export const broken =
  (content: Uint8Array, length: number, etag?: string): Answer =>
  (request, response) => {
    const from = rangeStart(request)
    if (etag !== undefined) response.setHeader('etag', etag)
    response.setHeader('content-length', content.length - from)
    if (from > 0) response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`)
    response.writeHead(from > 0 ? 206 : 200)
    breakable.push({ at: from + length, response })
    response.write(content.subarray(from, from + length))
  }

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = '<html>expired</html>'): Answer =>
  (_, response) => {
    response.writeHead(code, headers)
    response.end(body)
  }
