import { connect, type Socket } from 'node:net'

/** One request, sent again and again. */
export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly contentType?: string
  readonly body?: string
  /** The answer must have this status. */
  readonly status: number
}

/** How long a load goes on: until the time or the number of requests is reached, whichever is given. */
export interface Extent {
  readonly ms?: number
  readonly requests?: number
}

export interface Load {
  readonly requests: number
  readonly perSecond: number
  /** ms */
  readonly p99: number
}

const HEAD_END = Buffer.from('\r\n\r\n')

const bytesOf = ({ method, path, contentType, body = '' }: Shot, host: string): Buffer => {
  const type = contentType === undefined ? '' : `content-type: ${contentType}\r\n`
  const length = Buffer.byteLength(body)
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${type}${method === 'POST' ? `content-length: ${length}\r\n` : ''}\r\n${body}`,
  )
}

/** Length of a complete answer at the start of `bytes`, or undefined while some of it is missing. */
const answerLength = (bytes: Buffer, status: number): number | undefined => {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  if (!head.startsWith(`HTTP/1.1 ${status} `)) throw new Error(bytes.toString())
  const [, length] = /^content-length: (\d+)$/im.exec(head) ?? []
  if (length === undefined) throw new Error(`no content-length: ${head}`)
  const total = end + HEAD_END.length + Number(length)
  return bytes.length < total ? undefined : total
}

/** Sends the request and resolves when its answer has come. */
const shoot = (socket: Socket, request: Buffer, status: number): Promise<void> =>
  new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    const stop = (): void => void socket.off('data', take).off('close', closed)
    const closed = (): void => reject(new Error('the server closed the connection'))
    const take = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
      try {
        if (answerLength(bytes, status) === undefined) return
        stop()
        resolve()
      } catch (error) {
        stop()
        reject(error)
      }
    }
    socket.on('data', take).on('close', closed)
    socket.write(request)
  })

export const connected = (origin: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: origin.hostname, port: Number(origin.port), noDelay: true })
    socket.once('connect', () => resolve(socket.off('error', reject))).once('error', reject)
  })

/** Loads a server from `connections` that each send the next request when the last one is answered. */
export const load = async (
  url: string,
  shot: Shot,
  connections: number,
  { ms = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY }: Extent,
): Promise<Load> => {
  const origin = new URL(url)
  const request = bytesOf(shot, origin.host)
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(origin)))
  const latencies: number[] = []
  let begun = 0
  const start = performance.now()
  const client = async (socket: Socket): Promise<void> => {
    for (let sent = start; sent - start < ms && begun < requests; sent = performance.now()) {
      begun += 1
      await shoot(socket, request, shot.status)
      latencies.push(performance.now() - sent)
    }
  }
  await Promise.all(sockets.map(client))
  const seconds = (performance.now() - start) / 1000
  for (const socket of sockets) socket.destroy()
  latencies.sort((left, right) => left - right)
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN
  return { requests: begun, perSecond: begun / seconds, p99 }
}
