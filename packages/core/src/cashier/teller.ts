import type { Clock } from '../clock.ts'
import { diagnosticChannels, traced } from '../diagnostics/channels.ts'
import type { DeliveryMessage } from '../diagnostics/messages.ts'
import { isSettled, type Payment, type Refund, type Report } from '../payment/payment.ts'
import { findRefund } from '../payment/refund-events.ts'
import { endsWithin } from './ends-within.ts'

/** Called with a payment that is settled and committed. At least once, so it must bear being called again. */
export type OnSettled = (payment: Payment) => void | Promise<void>
/** Called with a refund that is settled and committed. At least once. */
export type OnRefund = (refund: Refund, payment: Payment) => void | Promise<void>

export interface Handlers {
  readonly onSettled?: OnSettled | undefined
  readonly onRefund?: OnRefund | undefined
}

/** Tells the shop's own code what has been committed, and waits only so long for it. */
export class Teller {
  readonly #handlers: Handlers
  readonly #clock: Clock
  readonly #within: number

  constructor(handlers: Handlers, clock: Clock, within: number) {
    this.#handlers = handlers
    this.#clock = clock
    this.#within = within
  }

  wants(report: Report): boolean {
    return (report.kind === 'settled' ? this.#handlers.onSettled : this.#handlers.onRefund) !== undefined
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
      if (isSettled(payment)) await this.#handlers.onSettled?.(payment)
      return
    }
    const refund = report.outRequestNo === undefined ? undefined : findRefund(payment, report.outRequestNo)
    if (refund !== undefined) await this.#handlers.onRefund?.(refund, payment)
  }
}
