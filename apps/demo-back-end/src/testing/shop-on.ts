import { timerWakeups } from '@f2f/core'
import type { Authenticate, Principal } from '@f2f/core/http'
import { type HttpUnderTest, httpShop } from '@f2f/core/testing'
import { sqliteStore } from '@f2f/sql'
import { tillsUnderTest } from '@f2f/terminal-auth/testing'
import type { BackEnd } from '../back-end.ts'
import { openMetrics } from '../metrics/index.ts'
import { NAMES, openTills } from '../tills.ts'

/** Starts a framework's application with this back end; `url` is where it listens, without `/pay`. */
export type Mount = (backEnd: BackEnd) => Promise<{ readonly url: string; close(): Promise<void> }>

/** A head office, which is no till, is known by other means, beside the tills. */
const isTill = ({ terminalId, storeId, scopes }: Principal): boolean =>
  terminalId !== undefined && storeId !== undefined && [...scopes].length > 0

/** What `httpContract` tests: an application with SQLite, tills enrolled in it, and an Alipay that never fails. */
export const shopOn = (mount: Mount) => async (): Promise<HttpUnderTest> => {
  const shop = httpShop()
  const store = sqliteStore(':memory:')
  const tills = await openTills(store, undefined)
  const authenticate: Authenticate = (request, route) =>
    request.headers.get('authorization')?.includes('.') === true
      ? tills.authenticate(request, route)
      : shop.authenticate(request, route)
  const { alipay } = shop
  const { terminals } = tills
  const metrics = openMetrics(store)
  const { url, close } = await mount({
    alipay,
    store,
    wakeups: timerWakeups(),
    authenticate,
    terminals,
    metrics: metrics.listener,
  })
  const under = shop.mountedAt(`${url}/pay`, async () => {
    await close()
    await metrics.close()
    await store.close()
  })
  return {
    ...under,
    terminals: tillsUnderTest(terminals, NAMES),
    async headersFor(principal) {
      if (!isTill(principal)) return under.headersFor(principal)
      const { terminalId = '', storeId = '', scopes, refundLimit = '100000000.00' } = principal
      const grant = { ...principal, terminalId, storeId, scopes: [...scopes], refundLimit }
      return { authorization: `Bearer ${(await tills.issuer.issue(grant)).token}` }
    },
  }
}
