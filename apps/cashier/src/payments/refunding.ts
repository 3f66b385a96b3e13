import type { PaymentView, RefundView } from '@f2f/core/http'
import { isProblem } from '../api/problem.ts'
import type { RefundOrder, TillApi } from '../api/till-api.ts'
import type { RefundNotes } from './refund-notes.ts'
import { least, less } from './search.ts'

/** What became of a refund, as far as it is known. */
export type RefundEnd =
  | { readonly kind: 'done' | 'failed'; readonly refund: RefundView }
  /** Not begun: nothing went back. */
  | { readonly kind: 'refused'; readonly detail: string; readonly status: number }
  /** The back end never heard of it; the same number may be sent again. */
  | { readonly kind: 'unheard' }

export interface RefundingOptions {
  readonly api: Pick<TillApi, 'refund' | 'refundStatus'>
  readonly notes: RefundNotes
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Told once when it is not known whether the refund was made. */
  readonly onDoubt: () => void
  /** Stops asking, not the refund. */
  readonly signal: AbortSignal
}

const AGAIN_AFTER = 1_500

/** The most this till may still give back of a payment, yuan. */
export const refundable = ({ refundableAmount, refundedAmount }: PaymentView, limit: string | undefined): string =>
  limit === undefined ? refundableAmount : least(refundableAmount, less(limit, refundedAmount))

const endOf = (refund: RefundView): RefundEnd | undefined => {
  if (refund.status === 'pending') return undefined
  return { kind: refund.status === 'succeeded' ? 'done' : 'failed', refund }
}

/** Asks by the refund's number until its end is known; undefined when nobody waits any more. */
export const awaitRefund = async (
  outTradeNo: string,
  { outRequestNo }: RefundOrder,
  { api, notes, wait, onDoubt, signal }: RefundingOptions,
): Promise<RefundEnd | undefined> => {
  onDoubt()
  while (!signal.aborted) {
    try {
      const end = endOf(await api.refundStatus(outTradeNo, outRequestNo))
      if (end !== undefined) {
        notes.forget(outTradeNo)
        return end
      }
    } catch (error) {
      if (isProblem(error, 404)) return { kind: 'unheard' }
    }
    await wait(AGAIN_AFTER, signal)
  }
  return undefined
}

/**
 * Orders a refund and asks until its end is known. It is noted before it is sent, and an answer that was lost is looked
 * for by its number, so that nothing is given back twice.
 */
export const refundUntilKnown = async (
  outTradeNo: string,
  order: RefundOrder,
  options: RefundingOptions,
): Promise<RefundEnd | undefined> => {
  const { api, notes } = options
  notes.note(outTradeNo, order)
  try {
    const end = endOf(await api.refund(outTradeNo, order))
    if (end === undefined) return awaitRefund(outTradeNo, order, options)
    notes.forget(outTradeNo)
    return end
  } catch (error) {
    if (!isProblem(error) || error.moneyMayHaveMoved || error.status >= 500) {
      return awaitRefund(outTradeNo, order, options)
    }
    notes.forget(outTradeNo)
    return { kind: 'refused', detail: error.message, status: error.status }
  }
}
