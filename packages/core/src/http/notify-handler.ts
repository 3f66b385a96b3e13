import type { Alipay, Notification } from '../client/alipay.ts'
import { F2fError, isF2fError } from '../errors.ts'
import type { Respond } from './call.ts'
import { asHandler, type Handler } from './fetch-bridge.ts'
import { answerNotification, type TakingNotifications } from './notification.ts'
import { problem } from './problem.ts'
import { checkFunction, MAX_BODY_BYTES, reporting, wholeNumberOr } from './settings.ts'

export interface NotifyHandlerOptions {
  readonly alipay: Pick<Alipay, 'verifyNotify'>
  /**
   * Called with every notification whose signature holds. Alipay is told `success` only when it has resolved, and sends
   * the notification again otherwise. It must bear being called again, and check order, amount, seller and application
   * itself (protocol §8.5).
   */
  readonly onNotify: (notification: Notification) => unknown
  /** A longer body is refused. Bytes; default 65,536. */
  readonly maxBodyBytes?: number | undefined
  /** Told of notifications answered `fail`. Default: what `onNotify` threw becomes a warning of the process. */
  readonly onProblem?: ((error: unknown) => void) | undefined
}

const onlyPost = (): F2fError =>
  new F2fError('HTTP_METHOD_NOT_ALLOWED', 'Notifications are posted.', { details: { allow: 'POST' } })

/**
 * Takes Alipay's notifications, whatever the path, for those who keep their own books. Answers exactly `success` or
 * `fail`, as text, with status 200.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createNotifyHandler = ({ alipay, onNotify, ...options }: NotifyHandlerOptions): Handler => {
  checkFunction('alipay.verifyNotify', (alipay as Alipay | undefined)?.verifyNotify)
  checkFunction('onNotify', onNotify)
  const maxBodyBytes = wholeNumberOr('maxBodyBytes', options.maxBodyBytes, MAX_BODY_BYTES)
  const onProblem = reporting(options.onProblem)

  const taking: TakingNotifications = {
    maxBodyBytes,
    onProblem,
    async take(rawBody, contentType) {
      let notification: Notification
      try {
        notification = await alipay.verifyNotify(rawBody, { contentType })
      } catch (error) {
        if (isF2fError(error)) return { error }
        throw error
      }
      await onNotify(notification)
      return { error: undefined }
    },
  }
  const respond: Respond = async (call) =>
    call.method === 'POST' ? answerNotification(call, taking) : problem(onlyPost())
  return asHandler(respond, '')
}
