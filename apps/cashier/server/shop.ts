import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Cashier, type CashierOptions, createCashier } from '@f2f/core'
import { createHandler, type HandlerOptions, toNodeListener } from '@f2f/core/http'
import { enrolment, generateSigningKey, type TerminalGrant, terminalAuth, terminalIssuer } from '@f2f/terminal-auth'
import { type PageListener, servePage } from './page.ts'
import { tillBooks } from './till-books.ts'

const NAMES = { issuer: 'urn:f2f:shop', audience: 'urn:f2f:shop' }

export interface ShopOptions extends Pick<CashierOptions, 'alipay' | 'store' | 'policy'> {
  /** Where `vite build` put the page. */
  readonly page: string
  /** More for `createHandler`. */
  readonly handler?: Partial<Omit<HandlerOptions, 'cashier' | 'authenticate' | 'terminals'>>
}

/** A shop's back end for one machine: the HTTP API, enrolled tills, and the till's page. */
export interface Shop {
  readonly cashier: Cashier
  readonly listener: RequestListener
  /** A one-time code for a till. */
  invite(grant: TerminalGrant): Promise<string>
  /** Stops the till's key and tokens. */
  revoke(terminalId: string): Promise<void>
  close(): Promise<void>
}

/**
 * Puts a back end together as a shop would, all of it on Alipay's client's clock. An SQL store keeps the enrolled tills,
 * too, so that they go on after a restart; with any other they are kept in memory and enrolled anew.
 *
 * @throws F2fError `CONFIG_*`, or an Error of Node when the page has not been built
 */
export const createShop = async ({ page, handler, ...cashierOptions }: ShopOptions): Promise<Shop> => {
  const cashier = createCashier(cashierOptions)
  const { clock } = cashierOptions.alipay
  const books = tillBooks(cashierOptions.store, clock)
  const { revocation, replay } = books
  // New keys make old tokens invalid; an enrolled till proves its own key and gets a new one.
  const issuer = terminalIssuer({ ...NAMES, keys: [await generateSigningKey()], revocation, clock })
  const tills = enrolment({ ...books, issuer, clock })
  const authenticate = terminalAuth({ ...NAMES, jwks: issuer.jwks(), revocation, replay, clock })
  const api = toNodeListener(createHandler({ ...handler, cashier, authenticate, terminals: tills }))
  const pageListener: PageListener = servePage(page)
  return {
    cashier,
    listener: (req, res) => {
      // What tills go by when their own clock is off.
      res.setHeader('date', new Date(clock.now()).toUTCString())
      if (!pageListener(req, res)) void api(req, res)
    },
    invite: async (grant) => (await tills.invite(grant)).code,
    revoke: (terminalId) => tills.revoke(terminalId),
    close: () => cashier.close(),
  }
}

/** A shop that listens. */
export interface ShopServer {
  readonly url: string
  readonly port: number
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>
}

/**
 * Puts a shop on this machine's own address.
 *
 * @param port - 0 takes any free port
 * @throws Error with Node's own code, such as `EADDRINUSE`
 */
export const serveShop = async ({ listener }: Pick<Shop, 'listener'>, port: number): Promise<ShopServer> => {
  const server = createServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
