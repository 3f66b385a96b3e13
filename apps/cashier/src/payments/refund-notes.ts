import type { RefundOrder } from '../api/till-api.ts'

/** Refunds whose end this till has not seen, by their payment: they outlive a closed dialog and a reload. */
export interface RefundNotes {
  of(outTradeNo: string): RefundOrder | undefined
  /** Written when it returns, before anything is sent. */
  note(outTradeNo: string, order: RefundOrder): void
  forget(outTradeNo: string): void
}

const PLACE = 'f2f.refund.'

const isOrder = (value: unknown): value is RefundOrder => {
  const { outRequestNo, refundAmount } = (value ?? {}) as Partial<RefundOrder>
  return typeof outRequestNo === 'string' && typeof refundAmount === 'string'
}

export const storageRefundNotes = (storage: Storage): RefundNotes => ({
  of(outTradeNo) {
    try {
      const kept: unknown = JSON.parse(storage.getItem(PLACE + outTradeNo) ?? 'null')
      return isOrder(kept) ? kept : undefined
    } catch {
      return undefined
    }
  },
  note: (outTradeNo, order) => storage.setItem(PLACE + outTradeNo, JSON.stringify(order)),
  forget: (outTradeNo) => storage.removeItem(PLACE + outTradeNo),
})
