import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { certificateFile } from '../fixtures/certificates.ts'

/** A server of one test: on a port of its own, gone when the test ends. */
export interface Loopback {
  readonly port: number
  readonly url: string
  /** Requests that arrived whole: their bodies. */
  readonly bodies: string[]
  /** Connections that were opened. */
  readonly sockets: Set<Socket>
}

const start = async (server: Server, scheme: string, bodies: string[]): Promise<Loopback> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, url: `${scheme}://127.0.0.1:${port}/gateway.do`, bodies, sockets }
}

export type Answer = (reply: ServerResponse, request: IncomingMessage, body: string) => void

const collecting =
  (bodies: string[], answer: Answer): RequestListener =>
  (request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      bodies.push(body)
      answer(reply, request, body)
    })
  }

export const serveHttp = (answer: Answer): Promise<Loopback> => {
  const bodies: string[] = []
  return start(http.createServer(collecting(bodies, answer)), 'http', bodies)
}

/** With a certificate that `certificates/root.pem` signed for 127.0.0.1, or one that it did not sign. */
export const serveHttps = (answer: Answer, certificate: 'server' | 'forged' = 'server'): Promise<Loopback> => {
  const bodies: string[] = []
  const identity = { cert: certificateFile(`${certificate}.pem`), key: certificateFile(`${certificate}.key`) }
  return start(https.createServer(identity, collecting(bodies, answer)), 'https', bodies)
}

/** Raw bytes: `talk` does what it likes with each connection. */
export const serveRaw = (talk: (socket: Socket, index: number) => void): Promise<Loopback> => {
  let count = 0
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    talk(socket, count++)
  })
  return start(server, 'http', [])
}

/** A port of this machine that nobody listens on. */
export const refusedPort = async (): Promise<number> => {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

/** Resolves when every connection of the server has gone. */
export const allClosed = async ({ sockets }: Loopback): Promise<void> => {
  for (const socket of sockets) {
    if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()))
  }
}
