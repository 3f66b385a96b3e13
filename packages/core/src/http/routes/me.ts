import { yuan } from '../../money.ts'
import { json } from '../call.ts'
import type { Caller } from '../principal.ts'
import { LOOK, type Route } from '../route.ts'

/** The caller as clients see it. */
export interface MeView extends Omit<Caller, 'refundLimit' | 'checkRefund'> {
  /** Yuan. */
  readonly refundLimit: string | undefined
}

const meView = ({ refundLimit, checkRefund: _, ...caller }: Caller): MeView => ({
  ...caller,
  refundLimit: refundLimit === undefined ? undefined : yuan(refundLimit),
})

/** GET /me */
export const meRoutes = (): readonly Route[] => [
  {
    operation: 'getMe',
    method: 'GET',
    path: '/me',
    scopes: [...LOOK, 'authorise'],
    handle: async ({ caller }) => json(200, meView(caller)),
  },
]
