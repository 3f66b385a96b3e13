import type { Clock } from '../clock.ts'
import { diagnosticChannels, traced } from '../diagnostics/channels.ts'
import type { DeliveryMessage } from '../diagnostics/messages.ts'
import { F2fError } from '../errors.ts'
import { findRefund, isSettled, type Payment, type Refund, type Report } from '../payment/payment.ts'
import { endsWithin } from './ends-within.ts'

/** Called with a payment that is settled and committed. At least once, so it must bear being called again. */
export type OnSettled = (payment: Payment) => void | Promise<void>
/** Called with a refund that is settled and committed. At least once. */
export type OnRefund = (refund: Refund, payment: Payment) => void | Promise<void>

/**
 * The handler is in other processes that share the store: what this one settles stays due until one of them has told
 * it. For processes that take payments and leave the shop's books to workers.
 */
export type Elsewhere = 'elsewhere'

/**
 * One left out means that nobody wants to be told, and what this process settles counts as told. Beside `'elsewhere'`,
 * one left out is elsewhere too.
 */
export interface Handlers {
  readonly onSettled?: OnSettled | Elsewhere | undefined
  readonly onRefund?: OnRefund | Elsewhere | undefined
}

const checkHandler = (field: keyof Handlers, value: unknown): void => {
  if (value === undefined || value === 'elsewhere' || typeof value === 'function') return
  const rule = "a function, or 'elsewhere'"
  throw new F2fError('CONFIG_INVALID', `The cashier's ${field} is not ${rule}.`, { details: { field, rule } })
}

/** Tells the shop's own code what has been committed, and waits only so long for it. */
export class Teller {
  readonly #onSettled: Handlers['onSettled']
  readonly #onRefund: Handlers['onRefund']
  readonly #clock: Clock
  readonly #within: number

  /** @throws F2fError `CONFIG_INVALID` */
  constructor({ onSettled, onRefund }: Handlers, clock: Clock, within: number) {
    checkHandler('onSettled', onSettled)
    checkHandler('onRefund', onRefund)
    const unsaid = onSettled === 'elsewhere' || onRefund === 'elsewhere' ? 'elsewhere' : undefined
    this.#onSettled = onSettled ?? unsaid
    this.#onRefund = onRefund ?? unsaid
    this.#clock = clock
    this.#within = within
  }

  /** Whether this process tells it. */
  tells(report: Report): boolean {
    return typeof this.#handlerOf(report) === 'function'
  }

  /** Whether another process tells it. */
  leaves(report: Report | undefined): boolean {
    return report !== undefined && this.#handlerOf(report) === 'elsewhere'
  }

  /** Rejects when the shop's code throws, or has not ended in time. */
  tell(payment: Payment, report: Report): Promise<void> {
    const { kind, outRequestNo, attempts } = report
    const facts = () => ({ outTradeNo: payment.outTradeNo, kind, outRequestNo, attempt: attempts + 1 })
    const channel = diagnosticChannels().delivery
    return traced<DeliveryMessage, void>({ channel, clock: this.#clock, facts, resultOf: () => undefined }, () =>
      this.#tell(payment, report),
    )
  }

  async #tell(payment: Payment, report: Report): Promise<void> {
    if (await endsWithin(this.#call(payment, report), this.#within, this.#clock)) return
    throw new Error(`The ${report.kind} handler did not end within ${this.#within} ms; it is called again later.`)
  }

  async #call(payment: Payment, report: Report): Promise<void> {
    if (report.kind === 'settled') {
      if (isSettled(payment) && typeof this.#onSettled === 'function') await this.#onSettled(payment)
      return
    }
    const refund = report.outRequestNo === undefined ? undefined : findRefund(payment, report.outRequestNo)
    if (refund !== undefined && typeof this.#onRefund === 'function') await this.#onRefund(refund, payment)
  }

  #handlerOf({ kind }: Report): OnSettled | OnRefund | Elsewhere | undefined {
    return kind === 'settled' ? this.#onSettled : this.#onRefund
  }
}
