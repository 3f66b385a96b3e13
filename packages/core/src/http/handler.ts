import type { Cashier } from '../cashier/cashier.ts'
import type { Alipay } from '../client/alipay.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Wakeups } from '../wakeups/wakeups.ts'
import type { AuthorisationDesk } from './authorisation-desk.ts'
import { asHandler, type Handler } from './fetch-bridge.ts'
import { openApiRoutes } from './openapi/route.ts'
import { orderNumbers } from './order-number.ts'
import type { Authenticate } from './principal.ts'
import type { ReconciliationDesk } from './reconciliations.ts'
import { respondWith } from './respond.ts'
import type { Shop } from './route.ts'
import { authorisationRoutes } from './routes/authorisations.ts'
import { beginRoutes } from './routes/begin.ts'
import { healthRoutes } from './routes/health.ts'
import { listRoutes } from './routes/list.ts'
import { meRoutes } from './routes/me.ts'
import { notifyRoutes } from './routes/notify.ts'
import { paymentRoutes } from './routes/payment.ts'
import { reconciliationRoutes } from './routes/reconciliations.ts'
import { refundRoutes } from './routes/refunds.ts'
import { terminalRoutes } from './routes/terminals.ts'
import { checkBasePath, checkFunction, MAX_BODY_BYTES, reporting, wholeNumberOr } from './settings.ts'
import type { TerminalDesk } from './terminal-desk.ts'

export interface HandlerOptions {
  readonly cashier: Cashier
  /** Says who calls. There is no default: `allowAnyone` must be asked for by name. */
  readonly authenticate: Authenticate
  /** What every path begins with, such as `/pay`. Default: nothing. */
  readonly basePath?: string | undefined
  /** Its last verified reply is shown by `/health`. */
  readonly alipay?: Pick<Alipay, 'lastVerifiedReplyAt'> | undefined
  /**
   * The cashier's wake-ups: when they can say how they are, `/health` asks them. `health` rejects when
   * they cannot be reached; whole numbers it resolves with are shown.
   */
  readonly wakeups?: (Partial<Wakeups> & { readonly health?: (() => unknown) | undefined }) | undefined
  /** Serves `POST /terminals` and `POST /terminals/token`: `enrolment()` of `@f2f/terminal-auth`. */
  readonly terminals?: TerminalDesk | undefined
  /** Serves `GET /authorisations/start` and `GET /authorisations/callback`: `createAuthorisation()`. */
  readonly authorisations?: AuthorisationDesk | undefined
  /** Who reconciles days. Default: nobody, and its routes are not there. */
  readonly reconciliations?: ReconciliationDesk | undefined
  /** A longer body is refused with 413. Bytes; default 65,536. */
  readonly maxBodyBytes?: number | undefined
  /** Milliseconds of quiet on an event stream before a comment is sent. Default 15,000. */
  readonly heartbeatEvery?: number | undefined
  /** Default: the machine's. */
  readonly clock?: Clock | undefined
  /** Numbers for payments begun without one. Default: Beijing time and 80 random bits. */
  readonly newOutTradeNo?: (() => string) | undefined
  /**
   * Told of what is this side's fault (answers from 500 up) and of notifications answered `fail`.
   * Default: the former become warnings of the process.
   *
   * @param operation - as in openapi.json, `notify`, `health`, or `none` for a request without a route
   */
  readonly onProblem?: ((error: unknown, operation: string) => void) | undefined
}

/**
 * The HTTP API of a cashier: every route of openapi.json, on the Fetch standard.
 *
 * The handler answers everything and never rejects. Errors are `application/problem+json`.
 *
 * ```ts
 * const handler = createHandler({ cashier, authenticate })
 * http.createServer(toNodeListener(handler)).listen(3000)
 * ```
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createHandler = (options: HandlerOptions): Handler => {
  const { cashier, authenticate, basePath = '', clock = systemClock } = options
  checkFunction('cashier.start', (cashier as Cashier | undefined)?.start)
  checkFunction('authenticate', authenticate)
  checkBasePath(basePath)
  const onProblem = reporting(options.onProblem)
  const shop: Shop = {
    cashier,
    clock,
    alipay: options.alipay,
    wakeups: options.wakeups,
    maxBodyBytes: wholeNumberOr('maxBodyBytes', options.maxBodyBytes, MAX_BODY_BYTES),
    heartbeatEvery: wholeNumberOr('heartbeatEvery', options.heartbeatEvery, 15_000),
    newOutTradeNo: options.newOutTradeNo ?? orderNumbers(clock),
    onProblem,
  }
  const routes = [
    ...beginRoutes(shop),
    ...paymentRoutes(shop),
    ...listRoutes(shop),
    ...refundRoutes(shop),
    ...meRoutes(),
    ...terminalRoutes(shop, options.terminals),
    ...authorisationRoutes(shop, options.authorisations),
    ...reconciliationRoutes(shop, options.reconciliations),
    ...notifyRoutes(shop),
    ...healthRoutes(shop),
  ]
  const described = [...routes, ...openApiRoutes(routes)]
  return asHandler(respondWith({ routes: described, authenticate, basePath, onProblem }), basePath)
}
