import type { AuthorisationDesk } from '../authorisation-desk.ts'
import { donePage, failedPage, wantsJson } from '../authorisation-page.ts'
import { answer, json } from '../call.ts'
import type { Caller } from '../principal.ts'
import { forbidden, invalid } from '../refuse.ts'
import type { Route, Shop } from '../route.ts'
import { checkFunction } from '../settings.ts'

/** Who speaks for one store or merchant cannot say where another's money goes. */
const checkUnlimited = ({ terminalId, storeId, merchantId }: Caller): void => {
  if (terminalId !== undefined || storeId !== undefined || merchantId !== undefined)
    throw forbidden('Only a caller who is limited to no terminal, store or merchant may authorise merchants.')
}

const merchantIn = (query: URLSearchParams): string => {
  const [merchantId, ...more] = query.getAll('merchantId')
  if (merchantId === undefined || more.length > 0) throw invalid('merchantId', 'is required, once')
  return merchantId
}

/** GET /authorisations/start and GET /authorisations/callback, when there is a desk */
export const authorisationRoutes = (
  { onProblem }: Pick<Shop, 'onProblem'>,
  desk: AuthorisationDesk | undefined,
): readonly Route[] => {
  if (desk === undefined) return []
  checkFunction('authorisations.startUrl', desk.startUrl)
  checkFunction('authorisations.callback', desk.callback)
  return [
    {
      operation: 'startAuthorisation',
      method: 'GET',
      path: '/authorisations/start',
      scopes: ['authorise'],
      isOnce: true,
      async handle({ call, caller, query }) {
        checkUnlimited(caller)
        const url = await desk.startUrl({ merchantId: merchantIn(query) })
        return wantsJson(call) ? json(200, { url }) : answer(302, { location: url })
      },
    },
    {
      operation: 'finishAuthorisation',
      method: 'GET',
      path: '/authorisations/callback',
      scopes: [],
      isOnce: true,
      async handle({ call, query }) {
        try {
          await desk.callback(query)
          return donePage(call)
        } catch (error) {
          const shown = failedPage(call, error)
          if (shown === undefined) throw error
          if (shown.status >= 500) onProblem(error, 'finishAuthorisation')
          return shown
        }
      },
    },
  ]
}
