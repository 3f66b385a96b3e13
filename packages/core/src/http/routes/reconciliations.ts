import { F2fError } from '../../errors.ts'
import { beijingTimestamp, parseBeijing } from '../../protocol/time.ts'
import { reconcileFields } from '../bodies.ts'
import { answer, json } from '../call.ts'
import { readFields } from '../fields.ts'
import { readJson } from '../json-body.ts'
import type { ReconciliationDesk } from '../reconciliations.ts'
import { forbidden, invalid } from '../refuse.ts'
import type { Route, Shop, Visit } from '../route.ts'
import { checkFunction } from '../settings.ts'

/**
 * The caller must not be limited to less than what the bill has.
 *
 * @throws F2fError `AUTH_FORBIDDEN`, naming what limits the caller
 */
const checkWhole = (desk: ReconciliationDesk, { caller }: Visit): void => {
  const field = (['storeId', 'merchantId'] as const).find(
    (name) => caller[name] !== undefined && caller[name] !== desk[name],
  )
  if (field !== undefined) throw forbidden('The bill has more than the caller may see.', { field })
}

/**
 * A day that has ended in Beijing: Alipay makes its bill the morning after.
 *
 * @throws F2fError `REQUEST_INVALID`
 */
const dayOf = ({ clock }: Shop, { params: { day = '' } }: Visit): string => {
  if (parseBeijing(`${day} 00:00:00`) === undefined) {
    throw invalid('day', 'must be a day that exists, written yyyy-MM-dd')
  }
  if (day >= beijingTimestamp(clock.now()).slice(0, 10)) throw invalid('day', 'must be a day before today in Beijing')
  return day
}

/** POST /reconciliations/{day}, GET …/report.csv */
export const reconciliationRoutes = (shop: Shop, desk: ReconciliationDesk | undefined): readonly Route[] => {
  if (desk === undefined) return []
  checkFunction('reconciliations.reconcile', desk.reconcile)
  checkFunction('reconciliations.reportCsv', desk.reportCsv)
  return [
    {
      operation: 'reconcileDay',
      method: 'POST',
      path: '/reconciliations/{day}',
      scopes: ['reconcile'],
      async handle(visit) {
        checkWhole(desk, visit)
        const day = dayOf(shop, visit)
        readFields(await readJson(visit.call, shop.maxBodyBytes), reconcileFields)
        return json(200, await desk.reconcile(day))
      },
    },
    {
      operation: 'getReconciliationReport',
      method: 'GET',
      path: '/reconciliations/{day}/report.csv',
      scopes: ['reconcile'],
      async handle(visit) {
        checkWhole(desk, visit)
        const day = dayOf(shop, visit)
        const report = await desk.reportCsv(day)
        if (report === undefined) {
          throw new F2fError('RECONCILIATION_NOT_FOUND', 'The day has not been reconciled.', { details: { day } })
        }
        const headers = {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="reconciliation-${day}.csv"`,
        }
        return answer(200, headers, report)
      },
    },
  ]
}
