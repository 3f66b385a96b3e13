import { nodeDiagnostics } from '../built-ins.ts'
import type {
  CallMessage,
  DeliveryMessage,
  NotificationMessage,
  ProblemMessage,
  TransitionMessage,
  VerifyMessage,
} from '../diagnostics/messages.ts'
import { warn } from '../warn.ts'

/** Called with each message: of a tracing channel once it has ended, well or not; of a plain one at once. */
export interface Observer {
  readonly call?: ((message: CallMessage) => void) | undefined
  readonly transition?: ((message: TransitionMessage) => void) | undefined
  readonly verify?: ((message: VerifyMessage) => void) | undefined
  readonly notification?: ((message: NotificationMessage) => void) | undefined
  readonly delivery?: ((message: DeliveryMessage) => void) | undefined
  readonly problem?: ((message: ProblemMessage) => void) | undefined
}

/** By name: what loads this need not load the cashier. */
const CHANNELS: Readonly<Record<keyof Observer, string>> = {
  call: 'tracing:f2f:call:asyncEnd',
  transition: 'f2f:transition',
  verify: 'tracing:f2f:verify:asyncEnd',
  notification: 'tracing:f2f:notification:asyncEnd',
  delivery: 'tracing:f2f:delivery:asyncEnd',
  problem: 'f2f:problem',
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
  const { subscribe, unsubscribe } = nodeDiagnostics()
  const stops = (Object.keys(CHANNELS) as (keyof Observer)[]).flatMap((name) => {
    const tell = observer[name] as ((message: unknown) => void) | undefined
    if (tell === undefined) return []
    const listener = (message: unknown): void => {
      try {
        tell(message)
      } catch (error) {
        warn(error)
      }
    }
    subscribe(CHANNELS[name], listener)
    return [() => unsubscribe(CHANNELS[name], listener)]
  })
  return () => {
    for (const stop of stops) stop()
  }
}
