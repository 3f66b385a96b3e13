import { answerNotification } from '../notification.ts'
import type { Route, Shop } from '../route.ts'

/** POST /notify */
export const notifyRoutes = ({ cashier, maxBodyBytes, onProblem }: Shop): readonly Route[] => [
  {
    operation: 'notify',
    method: 'POST',
    path: '/notify',
    scopes: [],
    handle: ({ call }) =>
      answerNotification(call, {
        maxBodyBytes,
        onProblem,
        take: async (rawBody, contentType) => (await cashier.handleNotify(rawBody, { contentType })).error,
      }),
  },
]
