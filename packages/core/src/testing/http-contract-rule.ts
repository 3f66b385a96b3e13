import type { Principal, TerminalIdentity } from '../http/index.ts'
import type { HttpBench } from './http-contract-bench.ts'

/** How a payment goes: paid at once, refused for good, or waiting for its buyer until something else happens. */
export type HttpPlan = 'pays' | 'refuses' | 'waits'

/** A till that can be enrolled. */
export interface TillUnderTest {
  /** As a JWK. */
  readonly publicKey: object
  /** What `POST /terminals/token` takes; a new one each time. */
  proof(): Promise<string>
}

/** How tills are enrolled at a back end under test. */
export interface TerminalsUnderTest {
  /** A fresh code for a till of this kind. */
  invite(grant: TerminalIdentity): Promise<string>
  newTill(terminalId: string): Promise<TillUnderTest>
}

/** How reconciling a day goes: with a difference at least, without business, or before its bill is there. */
export type HttpBillPlan = 'done' | 'noData' | 'notReady'

/** A back end over real HTTP, with books of its own, and what else can be done around it. */
export interface HttpUnderTest {
  /** Where the API is mounted, such as `http://127.0.0.1:4711/pay`; no slash at the end. */
  readonly url: string
  /** What notifications must name as `app_id`. */
  readonly appId: string
  /** Headers that prove the caller to be this principal. */
  headersFor(principal: Principal): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** A fresh payment code whose payment goes as planned. */
  paymentCode(plan: HttpPlan): string | Promise<string>
  /** A notification's body, signed by the Alipay behind the back end: see `signNotify`. */
  signNotify(params: Readonly<Record<string, string>>): Promise<string>
  /** Needed for what the contract says of `terminals`. */
  readonly terminals?: TerminalsUnderTest | undefined
  /**
   * Needed for what the contract says of `reconciliations`: a day in the past whose reconciliation goes as planned.
   * Callers without a store or merchant may ask for it.
   */
  readonly billDay?: ((plan: HttpBillPlan) => string) | undefined
  /**
   * Needed for what the contract says of `authorisations`: what a merchant does that was sent to `url`. It agrees, and
   * this is the query with which Alipay sends it back.
   */
  readonly agreed?: ((url: string) => string | Promise<string>) | undefined
  close(): Promise<void>
}

/** One rule: what it says and how it is checked. */
export interface HttpRule {
  readonly name: string
  readonly check: (bench: HttpBench) => Promise<void>
}
