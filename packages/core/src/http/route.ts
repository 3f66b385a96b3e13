import type { Cashier } from '../cashier/cashier.ts'
import type { Alipay } from '../client/alipay.ts'
import type { Clock } from '../clock.ts'
import type { Payment } from '../payment/payment.ts'
import type { Answer, Call } from './call.ts'
import { type Caller, maySee, type Scope } from './principal.ts'
import { noSuchPayment } from './refuse.ts'

/** What the routes work with. */
export interface Shop {
  readonly cashier: Cashier
  readonly clock: Clock
  readonly alipay: Pick<Alipay, 'lastVerifiedReplyAt'> | undefined
  readonly wakeups: { readonly health?: (() => unknown) | undefined } | undefined
  /** Bytes. */
  readonly maxBodyBytes: number
  /** Milliseconds. */
  readonly heartbeatEvery: number
  readonly newOutTradeNo: () => string
  readonly onProblem: (error: unknown, operation: string) => void
}

/**
 * A request that has found its route and may pass. A class, because an object literal with a getter has a hidden class
 * of its own each time, which keeps all that the getter knows until the whole heap is collected.
 */
export class Visit {
  readonly call: Call
  /** Decoded segments of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  readonly #query: string

  constructor(call: Call, params: Readonly<Record<string, string>>, query: string, caller: Caller) {
    this.call = call
    this.params = params
    this.caller = caller
    this.#query = query
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#query)
  }
}

export interface Route {
  /** As in openapi.json. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  /** Such as `/payments/{outTradeNo}`. */
  readonly path: string
  /** Any one of them lets the caller pass; none: open to all. */
  readonly scopes: readonly Scope[]
  /** A GET that uses something up: whoever only looks, by HEAD, is told that it takes none. */
  readonly isOnce?: boolean
  readonly handle: (visit: Visit) => Promise<Answer>
}

/** Every scope lets its holder look: whoever may take or give back money must see what came of it. */
export const LOOK: readonly Scope[] = ['watch', 'pay', 'refund', 'reconcile']

const NUMBER = /^\w{1,64}$/

/**
 * The payment the path names, if there is one and the caller may see it.
 *
 * @throws F2fError `PAYMENT_NOT_FOUND`, `STORE_UNAVAILABLE`
 */
export const visiblePayment = async ({ cashier }: Shop, { params, caller }: Visit): Promise<Payment> => {
  const outTradeNo = params.outTradeNo ?? ''
  const payment = NUMBER.test(outTradeNo) ? await cashier.find(outTradeNo) : undefined
  if (payment === undefined || !maySee(caller, payment)) throw noSuchPayment()
  return payment
}
