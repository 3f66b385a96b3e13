import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'

/**
 * How long an idle connection is kept, in ms: less than the 5 s after which the shortest common server (Node's own)
 * closes one, so that a connection in use again is seldom one that the other side is just closing.
 */
const LONGEST_IDLE = 4_000
/** A server that announces its own limit is left this much earlier. Ms. */
const SAFETY = 1_000
const MOST_CONNECTIONS = 256

const HINT = /(?:^|,\s*)timeout=(\d{1,6})/i

const idleLimit = (reply: IncomingMessage): number => {
  const seconds = HINT.exec(String(reply.headers['keep-alive']))?.[1]
  return seconds === undefined ? LONGEST_IDLE : Math.min(LONGEST_IDLE, Number(seconds) * 1_000 - SAFETY)
}

/** Connection pools for both schemes. Idle connections are unreferenced: they never keep the process alive. */
export interface Agents {
  /** Opens a request over a kept connection, or else over a new one. */
  request(options: RequestOptions): ClientRequest
  /** Notes how long the server of this reply keeps idle connections (`Keep-Alive: timeout=…`, seconds). */
  heed(reply: IncomingMessage): void
  /** Destroys the idle connections. */
  close(): void
}

/**
 * Own pools, so that no setting of the process's global agents changes how payments travel.
 *
 * `node:http` and what it brings along are loaded here and not by an import: that would be most of the time it takes to
 * load this package, also for those who never open a connection with it.
 */
export const createAgents = (options: Pick<AgentOptions, 'ca'>): Agents => {
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const { Socket } = process.getBuiltinModule('node:net')

  const limits = new WeakMap<Duplex, number>()
  const pool: AgentOptions = { ...options, keepAlive: true, maxSockets: MOST_CONNECTIONS }
  const plain = new http.Agent(pool)
  const secure = new https.Agent(pool)
  const agents: readonly Agent[] = [plain, secure]

  const keep = (socket: Duplex): boolean => {
    const limit = limits.get(socket) ?? LONGEST_IDLE
    if (!(socket instanceof Socket) || limit <= 0) return false
    if (socket.timeout !== limit) socket.setTimeout(limit)
    socket.unref()
    return true
  }
  for (const agent of agents) agent.keepSocketAlive = keep

  return {
    request: (target) =>
      target.protocol === 'https:'
        ? https.request({ ...target, agent: secure })
        : http.request({ ...target, agent: plain }),
    heed: (reply) => limits.set(reply.socket, idleLimit(reply)),
    close() {
      for (const agent of agents) {
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
      }
    },
  }
}
