import { createHandler, type Handler } from '@f2f/core/http'
import { httpShop, SimulatedClock } from '@f2f/core/testing'
import {
  generateSigningKey,
  type IssuedToken,
  type Jwk,
  memoryReplayGuard,
  memoryRevocationList,
  type TerminalAuthOptions,
  type TerminalGrant,
  type TerminalIssuer,
  type TerminalIssuerOptions,
  terminalAuth,
  terminalIssuer,
} from '../../src/index.ts'

export const ISSUER = 'https://pay.example.com'
export const AUDIENCE = 'f2f'

/** Made once: keys do not carry state from test to test. */
export const EDDSA: Jwk = { ...(await generateSigningKey()), kid: 'ed-1' }
export const ES256: Jwk = { ...(await generateSigningKey('ES256')), kid: 'es-1' }
export const STRANGER: Jwk = { ...(await generateSigningKey()), kid: 'ed-1' }

export const TILL: TerminalGrant = {
  terminalId: 'T1',
  storeId: 'S1',
  operatorId: 'O1',
  merchantId: undefined,
  scopes: ['pay', 'refund', 'watch'],
  refundLimit: '200.00',
}

export interface Answered {
  readonly status: number
  readonly challenge: string | null
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
}

/** A back end on simulated time for tokens; its payments are made at once by an Alipay in memory. */
export interface BackEnd {
  readonly clock: SimulatedClock
  readonly revocation: ReturnType<typeof memoryRevocationList>
  readonly replay: ReturnType<typeof memoryReplayGuard>
  readonly issuer: TerminalIssuer
  readonly handler: Handler
  /** Whatever the handler calls this side's fault. */
  readonly problems: unknown[]
  issue(over?: Partial<TerminalGrant>, publicKey?: Jwk): Promise<IssuedToken>
  ask(method: string, path: string, headers?: Readonly<Record<string, string>>, body?: object): Promise<Answered>
  as(token: string, more?: Readonly<Record<string, string>>): Readonly<Record<string, string>>
  /** A paid payment of 10.00 yuan in store S1. */
  paid(): Promise<string>
}

export const issuerWith = (options: Partial<TerminalIssuerOptions> = {}): TerminalIssuer =>
  terminalIssuer({ keys: [EDDSA], issuer: ISSUER, audience: AUDIENCE, ...options })

const answered = async (response: Response): Promise<Answered> => {
  const text = await response.text()
  const json = JSON.parse(text) as Answered['json']
  return { status: response.status, challenge: response.headers.get('www-authenticate'), text, json }
}

export const backEnd = (
  authOptions: Partial<TerminalAuthOptions> = {},
  issuerOptions: Partial<TerminalIssuerOptions> = {},
): BackEnd => {
  const clock = new SimulatedClock()
  const revocation = memoryRevocationList(clock)
  const replay = memoryReplayGuard(clock)
  const issuer = issuerWith({ clock, revocation, ...issuerOptions })
  const jwks = issuer.jwks()
  const options = { jwks, issuer: ISSUER, audience: AUDIENCE, clock, revocation, replay, ...authOptions }
  const shop = httpShop()
  const problems: unknown[] = []
  const onProblem = (error: unknown) => problems.push(error)
  const handler = createHandler({ cashier: shop.cashier, authenticate: terminalAuth(options), onProblem })
  const till = shop.mountedAt('http://unused.test', async () => {})
  const as: BackEnd['as'] = (token, more) => ({ authorization: `Bearer ${token}`, ...more })

  const ask: BackEnd['ask'] = async (method, path, headers = {}, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
    return answered(await handler(new Request(`http://pay.test${path}`, { method, headers: typed, ...sent })))
  }
  const issue: BackEnd['issue'] = (over, publicKey) => issuer.issue({ ...TILL, ...over }, { publicKey })

  return {
    clock,
    revocation,
    replay,
    issuer,
    handler,
    problems,
    issue,
    ask,
    as,
    async paid() {
      const authCode = await till.paymentCode('pays')
      const outTradeNo = `P${crypto.randomUUID().replaceAll('-', '')}`
      await shop.cashier.pay({ outTradeNo, authCode, totalAmount: '10.00', subject: 'Tea', storeId: 'S1' })
      return outTradeNo
    },
  }
}
