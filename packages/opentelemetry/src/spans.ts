import { AsyncLocalStorage } from 'node:async_hooks'
import type { TracingChannel } from 'node:diagnostics_channel'
import {
  type CallMessage,
  type DeliveryMessage,
  diagnosticChannels,
  type NotificationMessage,
  type Traced,
} from '@f2f/core'
import { type Attributes, type Context, context, type Span, SpanKind, type Tracer, trace } from '@opentelemetry/api'
import { errorType, failedStatus, known } from './attributes.ts'

/** Lets a channel run its work in a context of OpenTelemetry, whichever context manager there is. */
class ActiveContext extends AsyncLocalStorage<unknown> {
  override run<R, Args extends unknown[]>(active: unknown, callback: (...args: Args) => R, ...args: Args): R {
    return context.with(active as Context, callback, undefined, ...args)
  }
}

/** How the messages of one channel become spans. */
interface SpanRules<Message> {
  readonly name: (message: Message) => string
  readonly kind: SpanKind
  readonly before: (message: Message) => Attributes
  readonly after: (message: Message) => Attributes
}

const endSpan = <Message extends Traced<unknown>>(span: Span, message: Message, after: Attributes): void => {
  span.setAttributes(after)
  if (message.error !== undefined) {
    span.setAttribute('error.type', errorType(message.error))
    span.setStatus(failedStatus(message.error))
  }
  span.end()
}

const spansOf = <Message extends Traced<unknown>>(
  tracer: Tracer,
  channel: TracingChannel<unknown, Message>,
  { name, kind, before, after }: SpanRules<Message>,
): (() => void) => {
  const open = new Map<unknown, Span>()
  const active = new ActiveContext()
  channel.start.bindStore(active, (message) => {
    const span = tracer.startSpan(name(message), { kind, attributes: before(message) })
    open.set(message, span)
    return trace.setSpan(context.active(), span)
  })
  const ended = (message: unknown): void => {
    const span = open.get(message)
    if (span === undefined) return
    open.delete(message)
    endSpan(span, message as Message, after(message as Message))
  }
  channel.asyncEnd.subscribe(ended)
  return () => {
    channel.start.unbindStore(active)
    channel.asyncEnd.unsubscribe(ended)
    for (const span of open.values()) span.end()
  }
}

const addressOf = (host: string): Attributes => {
  const { hostname, port } = new URL(`http://${host}`)
  return known({ 'server.address': hostname, 'server.port': port === '' ? undefined : Number(port) })
}

const CALL: SpanRules<CallMessage> = {
  name: ({ method }) => method,
  kind: SpanKind.CLIENT,
  before: ({ method, outTradeNo, outRequestNo, merchantId, gateway }) => ({
    'rpc.system.name': 'alipay',
    'service.peer.name': 'alipay',
    'rpc.method': method,
    ...addressOf(gateway),
    ...known({
      'f2f.out_trade_no': outTradeNo,
      'f2f.out_request_no': outRequestNo,
      'f2f.merchant.id': merchantId,
    }),
  }),
  after: ({ result }) => known({ 'rpc.response.status_code': result?.code, 'f2f.reply.sub_code': result?.subCode }),
}

const VERIFY: SpanRules<Traced<unknown>> = {
  name: () => 'f2f verify notification',
  kind: SpanKind.INTERNAL,
  before: () => ({}),
  after: () => ({}),
}

const NOTIFICATION: SpanRules<NotificationMessage> = {
  name: () => 'f2f notification',
  kind: SpanKind.INTERNAL,
  before: () => ({}),
  after: ({ result }) =>
    known({
      'f2f.notification.reply': result?.reply,
      'f2f.out_trade_no': result?.outTradeNo,
      'f2f.trade.status': result?.tradeStatus,
      'error.type': result?.code,
    }),
}

const DELIVERY: SpanRules<DeliveryMessage> = {
  name: ({ kind }) => (kind === 'settled' ? 'f2f onSettled' : 'f2f onRefund'),
  kind: SpanKind.INTERNAL,
  before: ({ outTradeNo, outRequestNo, attempt }) => ({
    'f2f.out_trade_no': outTradeNo,
    'f2f.delivery.attempt': attempt,
    ...known({ 'f2f.out_request_no': outRequestNo }),
  }),
  after: () => ({}),
}

/** Makes a span of every call, notification, verification and delivery, until the returned function is called. */
export const instrumentSpans = (tracer: Tracer): (() => void) => {
  const { call, verify, notification, delivery } = diagnosticChannels()
  const stops = [
    spansOf(tracer, call, CALL),
    spansOf(tracer, verify, VERIFY),
    spansOf(tracer, notification, NOTIFICATION),
    spansOf(tracer, delivery, DELIVERY),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
