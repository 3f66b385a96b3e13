import type { Principal } from '../http/index.ts'
import type { HttpBench } from './http-contract-bench.ts'

/** How a payment goes: paid at once, refused for good, or waiting for its buyer until something else happens. */
export type HttpPlan = 'pays' | 'refuses' | 'waits'

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
  /** A day in the past whose reconciliation goes as planned. Callers without a store or merchant may ask for it. */
  billDay(plan: HttpBillPlan): string
  /** A notification's body, signed by the Alipay behind the back end: see `signNotify`. */
  signNotify(params: Readonly<Record<string, string>>): Promise<string>
  close(): Promise<void>
}

/** One rule: what it says and how it is checked. */
export interface HttpRule {
  readonly name: string
  readonly check: (bench: HttpBench) => Promise<void>
}
