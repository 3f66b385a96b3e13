import { createHash, timingSafeEqual } from 'node:crypto'
import type { Authenticate } from '@f2f/core/http'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const expected = digest(`Bearer ${process.env.TILL_TOKEN ?? ''}`)

/** One till with one token. For many tills, short-lived tokens and limits for refunds, see `@f2f/terminal-auth`. */
export const authenticate: Authenticate = (request) => {
  const given = digest(request.headers.get('authorization') ?? '')
  if (!process.env.TILL_TOKEN || !timingSafeEqual(given, expected)) return undefined
  return { storeId: 'S1', terminalId: 'T1', scopes: ['pay', 'refund', 'reconcile', 'watch'] }
}
