import type { Payment } from '../payment/payment.ts'
import { invalid } from './refuse.ts'

/** Where a page ended. */
type Position = Pick<Payment, 'createdAt' | 'outTradeNo'>

const POSITION = /^(\d{1,16})\.(\w{1,64})$/

/** The page's end as clients carry it. It grants nothing: what may be seen is decided anew for every page. */
export const cursorOf = ({ createdAt, outTradeNo }: Position): string =>
  Buffer.from(`${createdAt.getTime()}.${outTradeNo}`).toString('base64url')

/** @throws F2fError `REQUEST_INVALID` */
export const readCursor = (cursor: string): Position => {
  const [, ms, outTradeNo] = POSITION.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  const createdAt = new Date(Number(ms))
  if (outTradeNo === undefined || Number.isNaN(createdAt.getTime())) {
    throw invalid('cursor', 'must be the nextCursor of an earlier page')
  }
  return { createdAt, outTradeNo }
}
