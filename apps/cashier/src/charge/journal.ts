import type { PaymentKind } from './tracked.ts'

/** A payment this till has begun or is about to begin. The customer's code is not in it. */
export interface Intent {
  readonly outTradeNo: string
  readonly kind: PaymentKind
  /** Yuan. */
  readonly totalAmount: string
  /** ms since 1970. */
  readonly begunAt: number
  /** Given up by the cashier, ms since 1970: looked for a while longer, and out of sight unless it is found. */
  readonly droppedAt?: number
}

/** What must outlive a reload: payments whose end this till has not seen. */
export interface Journal {
  /** Written when it returns, before anything is sent. */
  note(intent: Intent): void
  forget(outTradeNo: string): void
  open(): readonly Intent[]
}

const PLACE = 'f2f.unfinished'

const isIntent = (value: unknown): value is Intent => {
  const { outTradeNo, kind, totalAmount, begunAt } = (value ?? {}) as Partial<Intent>
  const isNumbered = typeof outTradeNo === 'string' && typeof begunAt === 'number'
  return isNumbered && typeof totalAmount === 'string' && (kind === 'barcode' || kind === 'qr')
}

const read = (storage: Storage): readonly Intent[] => {
  try {
    const kept: unknown = JSON.parse(storage.getItem(PLACE) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isIntent) : []
  } catch {
    return []
  }
}

/** Keeps the journal in `localStorage`, whose writes are there when they return. */
export const storageJournal = (storage: Storage): Journal => {
  const write = (intents: readonly Intent[]): void => storage.setItem(PLACE, JSON.stringify(intents))
  const without = (outTradeNo: string) => read(storage).filter((intent) => intent.outTradeNo !== outTradeNo)
  return {
    open: () => read(storage),
    note: (intent) => write([...without(intent.outTradeNo), intent]),
    forget: (outTradeNo) => write(without(outTradeNo)),
  }
}
