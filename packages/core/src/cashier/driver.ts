import type { Alipay } from '../client/alipay.ts'
import type { Clock } from '../clock.ts'
import { publishTransition } from '../diagnostics/publish.ts'
import { F2fError, isF2fError } from '../errors.ts'
import type { Effect, PaymentEvent, Transition } from '../payment/event.ts'
import { dueBesidesReports, transition } from '../payment/machine.ts'
import type { Payment, Report } from '../payment/payment.ts'
import type { Policy } from '../payment/policy.ts'
import { wakeAt } from '../payment/step.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import type { WakeupPlan, Wakeups } from '../wakeups/wakeups.ts'
import { type OpeningRequest, perform } from './perform.ts'
import type { Teller } from './teller.ts'
import type { Watchers } from './watchers.ts'

export interface DriverOptions {
  readonly store: PaymentStore
  readonly wakeups: Wakeups
  readonly policy: Policy
  readonly clock: Clock
  readonly watchers: Watchers
  readonly clientOf: (merchantId: string | undefined) => Promise<Alipay>
  readonly teller: Teller
  readonly onProblem: (error: unknown, outTradeNo?: string) => void
}

/** So many lost races in a row mean a fault, not bad luck. */
const MAX_RACES = 50
/** Milliseconds before a payment whose store failed is looked at again. */
const STORE_RETRY = 5_000

/** What a till orders that moves money once it is in the books, without anybody asking again. */
const ORDERS: ReadonlySet<PaymentEvent['type']> = new Set(['cancelRequested', 'refundRequested'])

/**
 * The only part that awaits: loads a payment, lets the machine decide, commits by compare-and-set, carries out the
 * effects, and starts over with what came of them. Any number of drivers may do this to the same payment at once.
 */
export class Driver {
  readonly #options: DriverOptions
  readonly #advancing = new Map<string, Promise<void>>()
  readonly #work = new Set<Promise<unknown>>()

  constructor(options: DriverOptions) {
    this.#options = options
  }

  /**
   * Applies an event to the payment as it stands in the store.
   *
   * @param known - the payment as last seen, to spare a look; need not be the newest
   * @throws F2fError `PAYMENT_NOT_FOUND`, `STORE_*`, what the machine throws for a refund that may not be, and
   *   `REQUEST_INVALID` for an order of a merchant nobody knows any more
   */
  async commit(outTradeNo: string, event: PaymentEvent, known?: Payment): Promise<Transition<Payment>> {
    const { store, watchers, clientOf } = this.#options
    let current = known ?? (await store.find(outTradeNo))
    for (let race = 0; race < MAX_RACES; race++) {
      if (current === undefined) {
        throw new F2fError('PAYMENT_NOT_FOUND', `There is no payment ${outTradeNo}.`, { details: { outTradeNo } })
      }
      const decided = this.#decide(current, event)
      if (decided.payment === current) return decided
      // Refused while it is in no books, not when nobody can be called any more for what will go on by itself.
      if (ORDERS.has(event.type)) await clientOf(current.merchantId)
      if (await this.#replace(decided.payment, current.version, event)) {
        publishTransition(current, decided.payment, event)
        this.plan(decided.payment)
        watchers.publish(decided.payment)
        return decided
      }
      current = await store.find(outTradeNo)
    }
    throw new F2fError(
      'STORE_CONTENDED',
      `Payment ${outTradeNo} kept changing under ${MAX_RACES} attempts to change it.`,
    )
  }

  /** Carries out effects and all that follows from them; resolves with the payment as it then stands. */
  async carryOut(payment: Payment, effects: readonly Effect[], opening?: OpeningRequest): Promise<Payment> {
    const { policy, clock } = this.#options
    const queue = [...effects]
    let current = payment
    for (let effect = queue.shift(); effect !== undefined; effect = queue.shift()) {
      if (effect.type === 'report') {
        this.track(this.#report(current, effect.report))
        continue
      }
      const alipay = await this.#clientOf(current)
      const answer = await perform(alipay, current, effect, policy.callTimeout, opening)
      const next = await this.#write(current, { ...answer, at: clock.now() })
      current = next.payment
      queue.push(...next.effects)
    }
    return current
  }

  /** Does what is due for a payment. Never rejects: what goes wrong is told, and tried again later. */
  advance(outTradeNo: string): Promise<void> {
    const underWay = this.#advancing.get(outTradeNo)
    if (underWay !== undefined) return underWay
    const work = this.#advance(outTradeNo).finally(() => this.#advancing.delete(outTradeNo))
    this.#advancing.set(outTradeNo, work)
    return this.track(work)
  }

  /** Plans the next wake-up, if anything is left to do. */
  plan(payment: Payment): void {
    const plan = this.planOf(payment)
    if (plan !== undefined) this.#planAt(plan.outTradeNo, plan.at)
  }

  /** The store failed: what stands in it under this number, if anything, is looked at when it may be back. */
  lookLater(outTradeNo: string): void {
    this.#planAt(outTradeNo, new Date(this.#options.clock.now() + STORE_RETRY))
  }

  /** The payment's next wake-up; undefined when nothing is left to do. */
  planOf(payment: Payment): WakeupPlan | undefined {
    const { policy, clock } = this.#options
    const { outTradeNo, dueAt } = payment
    return dueAt && { outTradeNo, at: new Date(wakeAt(payment, dueAt, clock.now(), policy)) }
  }

  /** Lets {@link idle} wait for `work`. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work)
    const done = () => this.#work.delete(work)
    work.then(done, done)
    return work
  }

  /** Runs `work` in the background; a failure is told, and the payment is looked at again later. */
  background(outTradeNo: string, work: () => Promise<unknown>): void {
    void this.track(work().then(undefined, (error: unknown) => this.#failed(outTradeNo, error)))
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work)
  }

  /** Who is to be called for what stands in the books. When that cannot be told, it goes on later all the same. */
  async #clientOf({ outTradeNo, merchantId }: Payment): Promise<Alipay> {
    try {
      return await this.#options.clientOf(merchantId)
    } catch (cause) {
      const what = `The merchant of payment ${outTradeNo} could not be looked up; what was begun goes on by itself when it can.`
      throw new F2fError('STORE_UNAVAILABLE', what, { cause, details: { outTradeNo, merchantId }, movesMoney: true })
    }
  }

  /** Commits what a call to Alipay brought. When that fails, the caller must know that the call was made. */
  async #write(payment: Payment, event: PaymentEvent): Promise<Transition<Payment>> {
    const { outTradeNo } = payment
    try {
      return await this.commit(outTradeNo, event, payment)
    } catch (cause) {
      if (!isF2fError(cause)) throw cause
      const what = `What Alipay answered about payment ${outTradeNo} could not be written down; it will be asked again.`
      throw new F2fError(cause.code, what, { cause, details: { ...cause.details, outTradeNo }, movesMoney: true })
    }
  }

  /** An order whose writing failed may stand in the books all the same, and is then carried out by whoever finds it. */
  async #replace(next: Payment, expectedVersion: number, event: PaymentEvent): Promise<boolean> {
    const { outTradeNo } = next
    try {
      return await this.#options.store.replace(next, expectedVersion)
    } catch (cause) {
      if (!ORDERS.has(event.type) || !isF2fError(cause) || cause.code !== 'STORE_UNAVAILABLE') throw cause
      this.lookLater(outTradeNo)
      const what = `Whether this was written down for payment ${outTradeNo} is not known; if it was, it goes on by itself, and asking again is safe.`
      throw new F2fError(cause.code, what, { cause, details: { ...cause.details, outTradeNo }, movesMoney: true })
    }
  }

  #planAt(outTradeNo: string, at: Date): void {
    const { wakeups, onProblem } = this.#options
    // The store is the truth and a sweep finds what is due, so a failing alarm clock fails no payment.
    const failed = (error: unknown) => onProblem(error, outTradeNo)
    try {
      Promise.resolve(wakeups.schedule(outTradeNo, at)).catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  /** After a wake-up that found nothing due. What only another process can do is no reason to wake this one again. */
  #planAgain(payment: Payment): void {
    const { policy, teller } = this.#options
    const dueAt = teller.leaves(payment.reports[0]) ? dueBesidesReports(payment, policy) : payment.dueAt
    this.plan({ ...payment, dueAt })
  }

  #failed(outTradeNo: string, error: unknown): void {
    this.#options.onProblem(error, outTradeNo)
    this.lookLater(outTradeNo)
  }

  async #advance(outTradeNo: string): Promise<void> {
    const { store, clock } = this.#options
    try {
      const payment = await store.find(outTradeNo)
      if (payment === undefined) return
      const woken = await this.commit(outTradeNo, { type: 'wake', at: clock.now() }, payment)
      if (woken.payment === payment && woken.effects.length === 0) this.#planAgain(payment)
      await this.carryOut(woken.payment, woken.effects)
    } catch (error) {
      this.#failed(outTradeNo, error)
    }
  }

  /** The machine's decision, less the reports that are not told here: nobody asked for them, or another process did. */
  #decide(current: Payment, event: PaymentEvent): Transition<Payment> {
    const { policy, teller } = this.#options
    const leavesReport = event.type === 'wake' && teller.leaves(current.reports[0])
    const decided = transition(current, leavesReport ? { ...event, leavesReport } : event, policy)
    const pending = [...decided.effects]
    const effects: Effect[] = []
    let { payment } = decided
    for (let effect = pending.shift(); effect !== undefined; effect = pending.shift()) {
      if (effect.type !== 'report' || teller.tells(effect.report)) {
        effects.push(effect)
        continue
      }
      const type = teller.leaves(effect.report) ? 'reportLeft' : 'reported'
      const next = transition(payment, { type, reportId: effect.report.id, at: event.at }, policy)
      payment = next.payment
      pending.push(...next.effects)
    }
    return payment === decided.payment ? decided : { payment: { ...payment, version: current.version + 1 }, effects }
  }

  async #report(payment: Payment, report: Report): Promise<void> {
    const { clock, onProblem } = this.#options
    const { outTradeNo } = payment
    // This process stood still for so long that another one may be telling it by now, or something newer.
    if (clock.now() >= report.dueAt.getTime()) return this.#planAt(outTradeNo, new Date(clock.now()))
    let type: 'reported' | 'reportFailed' = 'reported'
    try {
      await this.#options.teller.tell(payment, report)
    } catch (error) {
      onProblem(error, outTradeNo)
      type = 'reportFailed'
    }
    try {
      const next = await this.commit(outTradeNo, { type, reportId: report.id, at: clock.now() })
      await this.carryOut(next.payment, next.effects)
    } catch (error) {
      this.#failed(outTradeNo, error)
    }
  }
}
