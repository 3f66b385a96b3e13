import { F2fError } from '../errors.ts'
import { fen } from '../money.ts'
import type { Payment } from '../payment/payment.ts'
import { forbidden } from './refuse.ts'

/**
 * `pay`: begin and cancel. `refund`: give money back. `reconcile`: hold a day's bill against the books. `watch`: look
 * only. Each of them may look.
 * `authorise`: send merchants to Alipay, for a head office that is limited to no terminal, store or merchant.
 */
export type Scope = 'pay' | 'refund' | 'reconcile' | 'watch' | 'authorise'

/** A refund that is about to be requested. */
export interface RefundAsked {
  readonly outTradeNo: string
  readonly outRequestNo: string
  /** Yuan, two decimals. */
  readonly refundAmount: string
}

/** Who is calling, as the caller's credentials prove it. What is not named here is not limited. */
export interface Principal {
  /** Goes into every payment begun. */
  readonly terminalId?: string | undefined
  /** Goes into every payment begun; payments of other stores cannot be seen. */
  readonly storeId?: string | undefined
  /** Goes into every payment and refund begun. */
  readonly operatorId?: string | undefined
  /** Goes into every payment begun; payments of other merchants cannot be seen. */
  readonly merchantId?: string | undefined
  readonly scopes: Iterable<Scope>
  /** Yuan, such as `'200.00'`: the most that the refunds of one payment may come to by this principal's hand. */
  readonly refundLimit?: string | undefined
  /**
   * Looks at a refund before it is requested, for credentials that are good for one refund only. What it throws refuses
   * the refund; an `F2fError` becomes the answer with its own status.
   */
  readonly checkRefund?: ((refund: RefundAsked) => void | Promise<void>) | undefined
}

/** What is about to be done, for whoever decides whether it may. */
export interface RouteInfo {
  /** The `operationId` of openapi.json, such as `requestRefund`. */
  readonly operation: string
  /** Any one of them lets the caller pass. */
  readonly scopes: readonly Scope[]
  /** Decoded segments of the path: `outTradeNo`, `outRequestNo`, `day`. */
  readonly params: Readonly<Record<string, string>>
}

/**
 * Says who calls. `undefined`: nobody known, answered 401. An `F2fError` thrown becomes the answer with its own status;
 * anything else thrown becomes a 500 that says nothing.
 *
 * @param request - method, address and headers of the request; its body is not in it
 */
export type Authenticate = (
  request: Request,
  route: RouteInfo,
) => Principal | undefined | Promise<Principal | undefined>

/** Lets everybody do everything, in every store. For demos and tests only. */
export const allowAnyone: Authenticate = () => ({ scopes: ['pay', 'refund', 'reconcile', 'watch', 'authorise'] })

/** Members of a body that may only repeat what the principal says. */
export const IDENTITY = ['storeId', 'terminalId', 'operatorId', 'merchantId'] as const

export type Identity = { readonly [K in (typeof IDENTITY)[number]]: string | undefined }

/** A principal whose claims have been checked. */
export interface Caller extends Identity {
  readonly scopes: readonly Scope[]
  /** Fen; undefined: no limit. */
  readonly refundLimit: number | undefined
  readonly checkRefund: Principal['checkRefund']
}

/** The caller of a route without scopes, where nobody needs to be known. */
export const NOBODY: Caller = {
  storeId: undefined,
  terminalId: undefined,
  operatorId: undefined,
  merchantId: undefined,
  scopes: [],
  refundLimit: undefined,
  checkRefund: undefined,
}

const limitOf = ({ refundLimit }: Principal): number | undefined => {
  if (refundLimit === undefined) return undefined
  try {
    return fen(refundLimit)
  } catch (cause) {
    throw new F2fError('CONFIG_INVALID', 'authenticate gave a refundLimit that is not yuan.', { cause })
  }
}

/**
 * Finds out who calls, and whether they may.
 *
 * @throws F2fError `AUTH_REQUIRED`, `AUTH_FORBIDDEN`, `CONFIG_INVALID`
 */
export const admit = async (authenticate: Authenticate, head: Request, route: RouteInfo): Promise<Caller> => {
  const principal = await authenticate(head, route)
  if (principal === undefined) throw new F2fError('AUTH_REQUIRED', 'The request does not say who is calling.')
  const { storeId, terminalId, operatorId, merchantId, scopes, checkRefund } = principal
  const granted = new Set(scopes)
  if (!route.scopes.some((scope) => granted.has(scope))) {
    const scope = route.scopes.join(' ')
    throw forbidden(`This needs one of the scopes: ${scope}.`, { scope })
  }
  const identity = { storeId, terminalId, operatorId, merchantId }
  return { ...identity, scopes: [...granted], refundLimit: limitOf(principal), checkRefund }
}

/** Whether the caller may know of the payment. */
export const maySee = (caller: Caller, payment: Payment): boolean =>
  (caller.storeId === undefined || caller.storeId === payment.storeId) &&
  (caller.merchantId === undefined || caller.merchantId === payment.merchantId)

/**
 * Holds what a body says of who calls against what is known of the caller.
 *
 * @throws F2fError `AUTH_FORBIDDEN`, naming the member
 */
export const checkIdentity = (caller: Caller, claimed: Partial<Identity>): void => {
  const field = IDENTITY.find((name) => claimed[name] !== undefined && claimed[name] !== caller[name])
  if (field !== undefined) throw forbidden(`${field} is not the caller's own.`, { field })
}
