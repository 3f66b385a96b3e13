import type diagnostics from 'node:diagnostics_channel'
import type { Channel, TracingChannel } from 'node:diagnostics_channel'
import { nodeDiagnostics } from '../built-ins.ts'
import type { Clock } from '../clock.ts'
import type { CallMessage, DeliveryMessage, NotificationMessage, Traced, VerifyMessage } from './messages.ts'

/**
 * The channels of `node:diagnostics_channel` this toolkit publishes to, by their full names. Nothing is made or
 * measured for a channel that nobody has subscribed to.
 */
export interface DiagnosticChannels {
  /** `tracing:f2f:call:start`, `:end`, `:asyncStart`, `:asyncEnd`, `:error`, and so on below. */
  readonly call: TracingChannel<unknown, CallMessage>
  readonly verify: TracingChannel<unknown, VerifyMessage>
  readonly notification: TracingChannel<unknown, NotificationMessage>
  readonly delivery: TracingChannel<unknown, DeliveryMessage>
  /** `f2f:transition`, of `TransitionMessage`. */
  readonly transition: Channel
  /** `f2f:problem`, of `ProblemMessage`. */
  readonly problem: Channel
}

let made: DiagnosticChannels | undefined

const make = ({ channel, tracingChannel }: typeof diagnostics): DiagnosticChannels => ({
  call: tracingChannel<unknown, CallMessage>('f2f:call'),
  verify: tracingChannel<unknown, VerifyMessage>('f2f:verify'),
  notification: tracingChannel<unknown, NotificationMessage>('f2f:notification'),
  delivery: tracingChannel<unknown, DeliveryMessage>('f2f:delivery'),
  transition: channel('f2f:transition'),
  problem: channel('f2f:problem'),
})

/** The channels, for whoever needs more than `observe` of `@f2f/core/monitoring`: starts, and stores to bind. Made when first needed. */
export const diagnosticChannels = (): DiagnosticChannels => {
  made ??= make(nodeDiagnostics())
  return made
}

/** What is traced. */
export interface Trace<Message extends Traced<unknown>, T> {
  readonly channel: TracingChannel<unknown, Message>
  readonly clock: Clock
  readonly facts: () => Omit<Message, keyof Traced<unknown>>
  /** The chosen facts of what came of it; the rest of it reaches no subscriber. Must not throw. */
  readonly resultOf: (value: T) => NonNullable<Message['result']> | undefined
}

const follow = async <Message extends Traced<unknown>, T>(
  { channel, clock, facts, resultOf }: Trace<Message, T>,
  work: () => Promise<T>,
): Promise<T> => {
  const message = { ...facts(), at: clock.now() } as Message
  let value!: T
  await channel.tracePromise(async () => {
    try {
      value = await work()
      return resultOf(value)
    } finally {
      message.duration = clock.now() - message.at
    }
  }, message)
  return value
}

/** Does `work`, and tells those who listen that it began and how it ended. */
export const traced = <Message extends Traced<unknown>, T>(
  trace: Trace<Message, T>,
  work: () => Promise<T>,
): Promise<T> => (trace.channel.hasSubscribers ? follow(trace, work) : work())
