import 'reflect-metadata'
import { F2fError, type Payment, type Refund, type SettledStatus } from '@f2f/core'

/** A settled status, or `settled` for every one of them. */
export type PaymentEventName = SettledStatus | 'settled'

/** What a method can be called for. */
export type EventName = PaymentEventName | 'refund'

const NAMES: ReadonlySet<string> = new Set<EventName>(['paid', 'failed', 'closed', 'reversed', 'settled', 'refund'])

const EVENTS = Symbol.for('@f2f/nest/events')

/** Decorates methods that can be called as `Handler` is. */
type HandlerDecorator<Handler> = <Method extends Handler>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<Method>,
) => void

/**
 * What nothing would find, or call, would never hear of its payments.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
const checkPlace = (event: EventName, target: object, key: string | symbol): void => {
  if (typeof target !== 'function' && typeof key === 'string' && NAMES.has(event)) return
  const rule = NAMES.has(event) ? 'belongs on a method with a name that is not static' : 'is no event'
  throw new F2fError('CONFIG_INVALID', `The decorator for ${event} on ${String(key)} ${rule}.`, {
    details: { field: event, rule },
  })
}

const handles =
  <Handler>(event: EventName): HandlerDecorator<Handler> =>
  (target, key, { value }) => {
    checkPlace(event, target, key)
    if (value !== undefined) Reflect.defineMetadata(EVENTS, [...eventsOf(value), event], value as object)
  }

/** The events a method is called for; none for what is not decorated. */
export const eventsOf = (method: unknown): readonly EventName[] =>
  typeof method === 'function' ? ((Reflect.getMetadata(EVENTS, method) as EventName[] | undefined) ?? []) : []

/**
 * Calls the method with every payment that has ended so, once that is committed: `paid`, `failed`, `closed`,
 * `reversed`, or `settled` for all four. At least once: when it throws, or its process dies, it is called again later,
 * so it must bear that. One event has one method in the whole application; `settled` and a status are two events.
 *
 * Guards, pipes, interceptors and filters do not apply: there is no request.
 *
 * @throws F2fError `CONFIG_INVALID` on a static method, one without a name of its own, or for an unknown event
 */
export const OnPayment = (event: PaymentEventName): HandlerDecorator<(payment: Payment) => unknown> => handles(event)

/**
 * Calls the method with every refund that has ended, `succeeded` or `failed`, and its payment. At least once, like
 * {@link OnPayment}.
 */
export const OnRefund = (): HandlerDecorator<(refund: Refund, payment: Payment) => unknown> => handles('refund')
