import { answerNotification, type TakingNotifications } from '../notification.ts'
import type { Route, Shop } from '../route.ts'

/** POST /notify */
export const notifyRoutes = ({ cashier, maxBodyBytes, onProblem }: Shop): readonly Route[] => {
  const taking: TakingNotifications = {
    maxBodyBytes,
    onProblem,
    take: (rawBody, contentType) => cashier.handleNotify(rawBody, { contentType }),
  }
  return [
    {
      operation: 'notify',
      method: 'POST',
      path: '/notify',
      scopes: [],
      handle: ({ call }) => answerNotification(call, taking),
    },
  ]
}
