import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { ConnectionLost } from './gateway/connection-lost.ts'
import type { Simulator } from './simulator.ts'

export interface ServeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** Default `127.0.0.1`. */
  readonly host?: string
}

/** A simulator that listens. */
export interface SimulatorServer {
  /** Address of the gateway. */
  readonly gateway: string
  /** Base address of the control API. */
  readonly control: string
  /** Address of the wallet page. */
  readonly wallet: string
  readonly url: string
  /** Stops listening, cuts what is still open, and closes the simulator. */
  close(): Promise<void>
}

/**
 * Puts a simulator behind real HTTP.
 *
 * @throws Error with Node's own code, such as `EADDRINUSE`, when it cannot listen
 */
export const serve = async (
  simulator: Simulator,
  { port = 0, host = '127.0.0.1' }: ServeOptions = {},
): Promise<SimulatorServer> => {
  const server = createServer(
    getRequestListener((request, { outgoing }) => answerOrCut(simulator, request, outgoing as ServerResponse), {
      overrideGlobalObjects: false,
    }),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const url = addressOf(server.address() as AddressInfo)
  return {
    url,
    gateway: `${url}/gateway.do`,
    control: url,
    wallet: `${url}/wallet`,
    close: () => {
      simulator.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

const addressOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`

/**
 * The bridge's request only looks like the platform's, which the limit on bodies of unknown length needs: it makes a
 * new request of the old one.
 */
const platformRequest = ({ url, method, headers, body }: Request): Request =>
  new Request(url, { method, headers: [...headers], body, duplex: 'half' })

const hasLength = ({ headers }: Request): boolean => headers.has('content-length') && !headers.has('transfer-encoding')

const answerOrCut = async (simulator: Simulator, request: Request, outgoing: ServerResponse): Promise<Response> => {
  try {
    return await simulator.fetch(hasLength(request) ? request : platformRequest(request))
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error
    outgoing.destroy()
    return RESPONSE_ALREADY_SENT
  }
}
