/**
 * Loaded into every Node process that runs a block. It changes what a stranger's machine would not have either:
 * Alipay's own addresses lead to the runner's simulator, ports that are written down become free ones, and nothing
 * else leaves this machine.
 */
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { type AddressInfo, Server, Socket } from 'node:net'

const STAND_INS: Readonly<Record<string, string>> = {
  '@f2f/core': new URL('./core.ts', import.meta.url).href,
  'alipay-sdk': new URL('./alipay-sdk.ts', import.meta.url).href,
}
const OWN: readonly (string | undefined)[] = Object.values(STAND_INS)

registerHooks({
  resolve: (specifier, context, next) =>
    next(OWN.includes(context.parentURL) ? specifier : (STAND_INS[specifier] ?? specifier), context),
})

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

type Listen = (this: Server, ...args: unknown[]) => Server

const withoutPort = (first: unknown): { written: number; first: unknown } | undefined => {
  if (typeof first === 'object' && first !== null && 'port' in first) {
    const written = Number(first.port)
    return written > 0 ? { written, first: { ...first, port: 0 } } : undefined
  }
  return Number(first) > 0 ? { written: Number(first), first: 0 } : undefined
}

const listen = Server.prototype.listen as Listen
Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const changed = withoutPort(args[0])
  if (changed === undefined) return listen.apply(this, args)
  this.once('listening', () => {
    const { port } = this.address() as AddressInfo
    const { F2F_DOCS_PORTS } = process.env
    if (F2F_DOCS_PORTS !== undefined) appendFileSync(F2F_DOCS_PORTS, `${JSON.stringify([changed.written, port])}\n`)
  })
  return listen.call(this, changed.first, ...args.slice(1))
} as typeof Server.prototype.listen

type Connect = (this: Socket, ...args: unknown[]) => Socket

/** `net.connect` hands its normalised arguments on as one array. */
const hostOf = (args: readonly unknown[]): string | undefined => {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  return typeof first === 'object' && first !== null && 'host' in first && typeof first.host === 'string'
    ? first.host
    : undefined
}

const connect = Socket.prototype.connect as Connect
Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args)
  if (host !== undefined && !LOOPBACK.includes(host)) throw new Error(`A block tried to reach ${host}.`)
  return connect.apply(this, args)
} as typeof Socket.prototype.connect
