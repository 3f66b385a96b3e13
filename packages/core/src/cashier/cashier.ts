import { APIS, checkRequest } from '../api/index.ts'
import type { Alipay } from '../client/alipay.ts'
import { type Clock, systemClock } from '../clock.ts'
import { publishProblem, publishTransition } from '../diagnostics/publish.ts'
import { F2fError } from '../errors.ts'
import { fen, yuan } from '../money.ts'
import type { PaymentEvent, RefundOrder } from '../payment/event.ts'
import { transition } from '../payment/machine.ts'
import { type BarcodeOrder, type PreparedOrder, prepareBarcode, prepareQr, type QrOrder } from '../payment/order.ts'
import { findRefund, isSettled, type Payment, type Refund } from '../payment/payment.ts'
import { completePolicy, type Policy } from '../payment/policy.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { PaymentFilter, PaymentStore } from '../store/payment-store.ts'
import { timerWakeups } from '../wakeups/timer-wakeups.ts'
import type { Wakeups } from '../wakeups/wakeups.ts'
import { type OnProblem, warn, withoutTrouble } from '../warn.ts'
import { Driver } from './driver.ts'
import { endsWithin } from './ends-within.ts'
import { guardStore } from './guarded-store.ts'
import { type HandleNotify, notifyTaker } from './handle-notify.ts'
import { type Merchants, merchantClients } from './merchants.ts'
import type { OpeningRequest } from './perform.ts'
import { planUnfinished } from './recovery.ts'
import { Sweeper } from './sweeper.ts'
import { type Handlers, Teller } from './teller.ts'
import { changes, until } from './waiting.ts'
import { Watchers } from './watchers.ts'

export interface CashierOptions extends Handlers {
  readonly alipay: Alipay
  /** Default {@link memoryStore}: a restart forgets. */
  readonly store?: PaymentStore
  /** Default {@link timerWakeups}. */
  readonly wakeups?: Wakeups
  /** Milliseconds; what is left out has the default. */
  readonly policy?: Partial<Policy>
  /** Default: the clock of `alipay`. */
  readonly clock?: Clock
  /** Whose token and seller id a payment with `merchantId` uses. */
  readonly merchants?: Merchants
  /**
   * Told of what went wrong in the background: a store that failed, a handler that threw. The cashier goes on by
   * itself. Default: `process.emitWarning`.
   */
  readonly onProblem?: OnProblem
  /** Milliseconds between two sweeps of the store for overdue payments. Default 30,000. */
  readonly sweepEvery?: number
  /** Milliseconds between two looks for changes made by other processes, while somebody watches. Default 1,000. */
  readonly lookEvery?: number
}

export interface WaitOptions {
  /** Ends the waiting, not the payment. Aborted beforehand, nothing is begun. */
  readonly signal?: AbortSignal | undefined
}

/** A refund as the caller orders it. */
export interface RefundRequest {
  readonly outTradeNo: string
  /** The merchant's number for this refund. The same number and amount again is the same refund. */
  readonly outRequestNo: string
  /** Yuan, at most two decimals. */
  readonly refundAmount: string
  readonly reason?: string | undefined
  readonly operatorId?: string | undefined
  /** Yuan: the most that the payment's refunds may come to by whoever asks, this one and earlier ones together. */
  readonly refundLimit?: string | undefined
}

/** Takes payments and sees every one of them through to a settled end. */
export interface Cashier {
  /**
   * Takes a barcode payment and waits until it is settled, however long that takes.
   *
   * @throws F2fError `REQUEST_*`, `PAYMENT_CONFLICT`, `STORE_UNAVAILABLE` before anything is sent;
   * `WAIT_ABORTED` when `signal` ends the waiting, `WAIT_CASHIER_CLOSED` when the cashier does
   */
  pay(order: BarcodeOrder, options?: WaitOptions): Promise<Payment>
  /**
   * Begins a barcode payment: resolves when it is journalled and the request is on its way. The same `outTradeNo`
   * with the same content is the same payment and sends nothing; with other content it is a conflict.
   *
   * @throws F2fError `REQUEST_*`, `PAYMENT_CONFLICT`, `STORE_UNAVAILABLE`
   */
  start(order: BarcodeOrder): Promise<Payment>
  /**
   * Asks for a QR code: resolves when Alipay has answered. `qrCode` is what to show; without one the payment is
   * `failed`, or being closed, and the customer needs a new one.
   */
  offer(order: QrOrder): Promise<Payment>
  /**
   * The payment as it stands, then every change until it is settled.
   *
   * @throws F2fError `PAYMENT_NOT_FOUND`, `WAIT_ABORTED`
   */
  watch(outTradeNo: string, options?: WaitOptions): AsyncIterableIterator<Payment>
  find(outTradeNo: string): Promise<Payment | undefined>
  /** Newest first. */
  list(filter?: PaymentFilter): AsyncIterable<Payment>
  /**
   * Cancels a payment that is not settled; money taken meanwhile goes back. Resolves after the first attempt with the
   * payment as it stands: `closed`, `reversed`, still `cancelling`, or settled before the cancel came.
   *
   * @throws F2fError `PAYMENT_NOT_FOUND`, `REQUEST_INVALID` for a merchant nobody knows any more, `STORE_*`; with
   * `moneyMayHaveMoved` when the cancel may stand in the books
   */
  cancel(outTradeNo: string): Promise<Payment>
  /**
   * Refunds a paid payment, in part or whole. Resolves after the first attempt: `succeeded`, `failed`, or `pending`,
   * which goes on by itself.
   *
   * @throws F2fError `REQUEST_INVALID`, `PAYMENT_NOT_FOUND`, `PAYMENT_NOT_REFUNDABLE`, `REFUND_TOO_MUCH`,
   * `REFUND_CONFLICT`, `AUTH_REFUND_LIMIT`; `STORE_*`, with `moneyMayHaveMoved` when the refund may stand in the books: then ask again with
   * the same number
   */
  refund(request: RefundRequest): Promise<Refund>
  /**
   * Takes Alipay's notification. Resolves when what it says is durable; never rejects for what a stranger may send.
   *
   * @param rawBody - the body's bytes exactly as received
   */
  readonly handleNotify: HandleNotify
  /**
   * Call on start: plans every unfinished payment of the store, and sweeps for overdue ones from then on.
   * Resolves when all are planned, with how many there are. When the store is away it rejects, and the sweep goes on
   * all the same. What the wake-ups refuse, or do not take within `callTimeout`, is told to `onProblem` and left to the
   * sweep: a queue that is away keeps no back end from starting.
   *
   * @throws F2fError `STORE_*`, `CASHIER_CLOSED`
   */
  recover(): Promise<number>
  /** Resolves when no call, commit or report of this process is under way. */
  idle(): Promise<void>
  /** True from the call of {@link close} on. */
  readonly isClosed: boolean
  /**
   * Takes no more work and waits for what is under way, but no longer than `within` milliseconds (default: one call to
   * Alipay and one `onSettled`, by the policy): a store or queue that hangs must not keep the process from ending.
   * Unfinished payments go on when a cashier next recovers.
   */
  close(options?: { readonly within?: number | undefined }): Promise<void>
}

const checkCashierOptions = (options: unknown): void => {
  const given = (typeof options === 'object' && options !== null ? options : {}) as Record<string, unknown>
  const wanted: Readonly<Record<string, readonly string[]>> = {
    alipay: ['pay', 'precreate', 'query', 'cancel', 'refund', 'refundQuery', 'verifyNotify'],
    store: ['insert', 'find', 'replace', 'due', 'list'],
    wakeups: ['schedule', 'start', 'close'],
  }
  for (const [field, methods] of Object.entries(wanted)) {
    const value = given[field]
    if (value === undefined && field !== 'alipay') continue
    const has = (method: string) =>
      typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function'
    if (methods.every(has)) continue
    const rule = `an object with the methods ${methods.join(', ')}`
    throw new F2fError('CONFIG_INVALID', `The cashier's ${field} is not ${rule}.`, { details: { field, rule } })
  }
}

const sameOrder = (present: Payment, ordered: Payment): Payment => {
  if (present.fingerprint === ordered.fingerprint && present.kind === ordered.kind) return present
  const { outTradeNo } = ordered
  throw new F2fError('PAYMENT_CONFLICT', `Payment ${outTradeNo} exists with other content.`, {
    details: { outTradeNo },
  })
}

const isAnswered = ({ status }: Payment): boolean => status !== 'paying'

const refundOrder = (request: RefundRequest): RefundOrder => {
  if (typeof request !== 'object' || request === null) {
    throw new F2fError('REQUEST_INVALID', 'The refund is not an object.', { details: { field: 'refund' } })
  }
  checkRequest(APIS.refund, {
    out_trade_no: request.outTradeNo,
    out_request_no: request.outRequestNo,
    refund_amount: request.refundAmount,
    refund_reason: request.reason,
    operator_id: request.operatorId,
  })
  const { outRequestNo, refundAmount, reason, operatorId } = request
  return { outRequestNo, refundAmount: yuan(fen(refundAmount)), reason, operatorId }
}

/**
 * Makes a cashier.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createCashier = (options: CashierOptions): Cashier => {
  checkCashierOptions(options)
  const { alipay, clock = alipay.clock ?? systemClock, onProblem: tellProblem = warn } = options
  const tell = withoutTrouble(tellProblem)
  const onProblem: OnProblem = (error, outTradeNo) => {
    publishProblem(error, outTradeNo)
    tell(error, outTradeNo)
  }
  const policy = completePolicy(options.policy)
  const store = guardStore(options.store ?? memoryStore(), clock)
  const wakeups = options.wakeups ?? timerWakeups({ clock })
  const lookEvery = options.lookEvery ?? 1_000
  const watchers = new Watchers({ store, clock, lookEvery, onProblem })
  const teller = new Teller(options, clock, policy.reportWithin)
  const merchants = merchantClients(alipay, options.merchants)
  const driver = new Driver({
    store,
    wakeups,
    policy,
    clock,
    watchers,
    teller,
    clientOf: merchants.clientOf,
    onProblem,
  })
  // A timer keeps the async context of whoever set it, and one timer serves all payments: without this, a payment's
  // queries would belong to the trace of somebody else's request.
  const apart = process.getBuiltinModule('node:async_hooks').AsyncLocalStorage.snapshot()
  const advance = (outTradeNo: string) => apart(() => driver.advance(outTradeNo))
  const sweeper = new Sweeper({
    store,
    wakeups,
    clock,
    onProblem,
    every: options.sweepEvery ?? 30_000,
    grace: policy.callTimeout + policy.pollEvery,
    patience: policy.callTimeout,
    advance,
  })
  let closed = false

  const startWakeups = async () => wakeups.start(advance)
  void startWakeups().catch((error: unknown) => onProblem(error))

  const checkOpen = (): void => {
    if (closed) throw new F2fError('CASHIER_CLOSED', 'This cashier has been closed.')
  }

  /** Journals the payment; only who inserted the row sends the request. */
  const open = async <K extends 'pay' | 'precreate'>(
    prepare: () => PreparedOrder<K>,
    opening: (content: PreparedOrder<K>['content']) => OpeningRequest,
  ): Promise<{ readonly payment: Payment; readonly sent: () => Promise<Payment> }> => {
    checkOpen()
    let prepared = prepare()
    if (prepared.payment.merchantId !== undefined) {
      await merchants.clientOf(prepared.payment.merchantId)
      // However long that took, the buyer has the whole time.
      prepared = prepare()
    }
    const { payment: created, content } = prepared
    const begin: PaymentEvent = { type: 'start', at: clock.now() }
    const begun = transition(created, begin, policy)
    const { inserted, payment } = await driver.track(store.insert(begun.payment)).catch((error: unknown) => {
      // It may be in the books all the same, and then somebody must bring it to an end.
      driver.lookLater(created.outTradeNo)
      throw error
    })
    if (!inserted) {
      driver.plan(sameOrder(payment, begun.payment))
      return { payment, sent: async () => payment }
    }
    publishTransition(undefined, payment, begin)
    driver.plan(payment)
    return { payment, sent: () => driver.carryOut(payment, begun.effects, opening(content)) }
  }

  const start = async (order: BarcodeOrder): Promise<Payment> => {
    const { payment, sent } = await open(
      () => prepareBarcode(order, policy, clock.now()),
      (pay) => ({ pay }),
    )
    driver.background(payment.outTradeNo, sent)
    return payment
  }

  const find = (outTradeNo: string) => store.find(outTradeNo)
  const waiting = { find, watchers, clock, lookEvery, onProblem }

  return {
    start,

    async pay(order, { signal } = {}) {
      if (signal?.aborted === true)
        throw new F2fError('REQUEST_ABORTED', 'The caller gave up before anything was sent.')
      const started = await start(order)
      return until(isSettled, waiting, started.outTradeNo, signal)
    },

    async offer(order) {
      const { sent } = await open(
        () => prepareQr(order, policy, clock.now()),
        (precreate) => ({ precreate }),
      )
      const offered = await driver.track(sent())
      // Somebody else is asking for the code of the same order.
      return offered.status === 'paying' ? until(isAnswered, waiting, offered.outTradeNo) : offered
    },

    watch: (outTradeNo, { signal } = {}) => changes(waiting, outTradeNo, signal),
    find,
    list: (filter) => store.list(filter),

    async cancel(outTradeNo) {
      checkOpen()
      const asked = await driver.commit(outTradeNo, { type: 'cancelRequested', at: clock.now() })
      return driver.track(driver.carryOut(asked.payment, asked.effects))
    },

    async refund(request) {
      checkOpen()
      const order = refundOrder(request)
      const { outTradeNo, refundLimit } = request
      const limit = refundLimit === undefined ? undefined : yuan(fen(refundLimit))
      const asked = await driver.commit(outTradeNo, { type: 'refundRequested', refund: order, limit, at: clock.now() })
      const after = await driver.track(driver.carryOut(asked.payment, asked.effects))
      const refund = findRefund(after, order.outRequestNo)
      if (refund === undefined)
        throw new F2fError('REFUND_NOT_FOUND', `Refund ${order.outRequestNo} is not in the books.`)
      return refund
    },

    handleNotify: notifyTaker({ alipay, clock, store, driver, merchants }),

    async recover() {
      checkOpen()
      sweeper.start()
      const planOf = (payment: Payment) => driver.planOf(payment)
      return planUnfinished({ store, wakeups, clock, patience: policy.callTimeout, planOf, onProblem })
    },

    idle: () => driver.idle(),

    get isClosed() {
      return closed
    },

    async close({ within = policy.callTimeout + policy.reportWithin } = {}) {
      closed = true
      sweeper.stop()
      watchers.close()
      const quiet = (async () => {
        await (wakeups.stop === undefined ? wakeups.close() : wakeups.stop())
        await driver.idle()
        if (wakeups.stop !== undefined) await wakeups.close()
      })()
      if (await endsWithin(quiet, within, clock)) return
      onProblem(
        new F2fError('WAIT_CASHIER_CLOSED', `Work under way did not end within ${within} ms of the cashier closing.`),
      )
    },
  }
}
