import { warn } from '../warn.ts'
import { diagnosticChannels } from './channels.ts'
import type {
  CallMessage,
  DeliveryMessage,
  NotificationMessage,
  ProblemMessage,
  TransitionMessage,
  VerifyMessage,
} from './messages.ts'

/** Called with each message: of a tracing channel once it has ended, well or not; of a plain one at once. */
export interface Observer {
  readonly call?: ((message: CallMessage) => void) | undefined
  readonly transition?: ((message: TransitionMessage) => void) | undefined
  readonly verify?: ((message: VerifyMessage) => void) | undefined
  readonly notification?: ((message: NotificationMessage) => void) | undefined
  readonly delivery?: ((message: DeliveryMessage) => void) | undefined
  readonly problem?: ((message: ProblemMessage) => void) | undefined
}

/**
 * Tells `observer` what every client and cashier of this process does, until the returned function is called. It is
 * called synchronously, so it should be quick; what it throws becomes a warning and disturbs no payment.
 *
 * ```ts
 * const stop = observe({ transition: ({ outTradeNo, to }) => console.log(outTradeNo, to) })
 * ```
 */
export const observe = (observer: Observer): (() => void) => {
  const { call, transition, verify, notification, delivery, problem } = diagnosticChannels()
  const sources = {
    call: call.asyncEnd,
    transition,
    verify: verify.asyncEnd,
    notification: notification.asyncEnd,
    delivery: delivery.asyncEnd,
    problem,
  }
  const stops = (Object.keys(sources) as (keyof typeof sources)[]).flatMap((name) => {
    const tell = observer[name] as ((message: unknown) => void) | undefined
    if (tell === undefined) return []
    const listener = (message: unknown): void => {
      try {
        tell(message)
      } catch (error) {
        warn(error)
      }
    }
    sources[name].subscribe(listener)
    return [() => sources[name].unsubscribe(listener)]
  })
  return () => {
    for (const stop of stops) stop()
  }
}
