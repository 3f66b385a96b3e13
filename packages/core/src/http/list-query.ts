import type { PaymentStatus } from '../payment/payment.ts'
import { parseBeijing } from '../protocol/time.ts'
import type { PaymentFilter } from '../store/payment-store.ts'
import { readCursor } from './cursor.ts'
import type { Caller } from './principal.ts'
import { forbidden, invalid, unknownName } from './refuse.ts'

export const STATUSES = [
  'created',
  'paying',
  'confirming',
  'cancelling',
  'paid',
  'failed',
  'closed',
  'reversed',
] as const satisfies readonly PaymentStatus[]

export const PAGE = { default: 50, most: 200 }

const DAY_MS = 24 * 60 * 60 * 1000

/** What GET /payments understands. */
const PARAMETERS = ['day', 'from', 'to', 'storeId', 'merchantId', 'status', 'limit', 'cursor'] as const

type Given = Readonly<Partial<Record<(typeof PARAMETERS)[number], string>>>

const isKnown = (name: string): name is (typeof PARAMETERS)[number] => (PARAMETERS as readonly string[]).includes(name)

const readOnce = (query: URLSearchParams): Given => {
  const given: { [K in (typeof PARAMETERS)[number]]?: string } = {}
  for (const [name, value] of query) {
    if (!isKnown(name)) throw unknownName(name)
    if (given[name] !== undefined) throw invalid(name, 'is given twice')
    given[name] = value
  }
  return given
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

const instant = (name: 'from' | 'to', text: string | undefined): Date | undefined => {
  if (text === undefined) return undefined
  const date = new Date(INSTANT.test(text) ? text : Number.NaN)
  if (Number.isNaN(date.getTime())) throw invalid(name, 'must be an instant such as 2026-01-01T00:00:00+08:00')
  return date
}

const period = ({ day, from, to }: Given): Pick<PaymentFilter, 'from' | 'to'> => {
  if (day === undefined) return { from: instant('from', from), to: instant('to', to) }
  if (from !== undefined || to !== undefined) throw invalid('day', 'cannot be given together with from or to')
  const midnight = parseBeijing(`${day} 00:00:00`)
  if (midnight === undefined) throw invalid('day', 'must be a day that exists, written yyyy-MM-dd')
  return { from: midnight, to: new Date(midnight.getTime() + DAY_MS) }
}

const isStatus = (text: string): text is PaymentStatus => (STATUSES as readonly string[]).includes(text)

const statuses = ({ status }: Given): readonly PaymentStatus[] | undefined => {
  const wanted = status?.split(',')
  if (wanted === undefined || wanted.every(isStatus)) return wanted
  throw invalid('status', `must be some of ${STATUSES.join(', ')}, with commas between them`)
}

const limitOf = ({ limit = String(PAGE.default) }: Given): number => {
  if (/^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= PAGE.most) return Number(limit)
  throw invalid('limit', `must be a whole number from 1 to ${PAGE.most}`)
}

/** A caller bound to a store or merchant lists that one's payments and may not ask for another's. */
const boundTo = (field: 'storeId' | 'merchantId', caller: Caller, given: Given): string | undefined => {
  const own = caller[field]
  if (own !== undefined && given[field] !== undefined && given[field] !== own) {
    throw forbidden(`${field} is not the caller's own.`, { field })
  }
  return own ?? given[field]
}

/**
 * The query of GET /payments as a filter, within what the caller may see.
 *
 * @throws F2fError `REQUEST_INVALID`, `AUTH_FORBIDDEN`, naming the parameter
 */
export const listFilter = (query: URLSearchParams, caller: Caller): PaymentFilter & { readonly limit: number } => {
  const given = readOnce(query)
  return {
    ...period(given),
    storeId: boundTo('storeId', caller, given),
    merchantId: boundTo('merchantId', caller, given),
    status: statuses(given),
    after: given.cursor === undefined ? undefined : readCursor(given.cursor),
    limit: limitOf(given),
  }
}
