import type { RequestOptions } from 'node:http'

interface Gateway {
  readonly address: string
  readonly protocol: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
}

const BRACKETS = /^\[|\]$/g

const readGateway = (address: string): Gateway => {
  const { protocol, host, hostname, port, pathname } = new URL(address)
  return { address, protocol, host, hostname: hostname.replace(BRACKETS, ''), port, pathname }
}

/** Where a request goes. */
export interface RequestTarget {
  /** For `node:http`. */
  readonly options: Pick<RequestOptions, 'protocol' | 'hostname' | 'port' | 'path'>
  /** For the `Host` header. */
  readonly host: string
}

/**
 * Reads addresses. Only the query changes from call to call, and reading a whole address costs a third of a loopback
 * exchange, so the part before the query is read once and kept until another one comes.
 */
export const createTargetReader = (): ((url: string) => RequestTarget) => {
  let last: Gateway | undefined
  return (url) => {
    const end = url.indexOf('?')
    const address = end < 0 ? url : url.slice(0, end)
    last = last?.address === address ? last : readGateway(address)
    const { protocol, host, hostname, port, pathname } = last
    return { options: { protocol, hostname, port, path: `${pathname}${url.slice(address.length)}` }, host }
  }
}
