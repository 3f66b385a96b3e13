import { APIS, type ApiName, type ApiReplies, type ApiRequests, checkRequest } from '../api/index.ts'
import type { Reply } from '../api/reply.ts'
import { holdingClock } from '../clock.ts'
import { diagnosticChannels, type Trace, traced } from '../diagnostics/channels.ts'
import type { VerifyMessage } from '../diagnostics/messages.ts'
import { F2fError } from '../errors.ts'
import { parseNotify, verifyNotifySignature } from '../protocol/notify.ts'
import { type CallInput, type Connection, performCall } from './call.ts'
import type { Alipay, Call } from './client-interface.ts'
import { type Notification, toNotification } from './notification.ts'
import { checkOptions } from './option-rules.ts'
import type { CallOptions } from './options.ts'
import { turnstile } from './turnstile.ts'

/** Calls made by the service provider itself, not for a merchant. */
const OWN_CALLS: readonly ApiName[] = ['appAuthToken', 'appAuthTokenQuery']
/** Calls whose trade Alipay sends notifications about. */
const NOTIFIED: readonly ApiName[] = ['pay', 'precreate']

/** What the clients of one application differ in. */
export interface Defaults {
  readonly appAuthToken: string | undefined
  readonly notifyUrl: string | undefined
  readonly sysServiceProviderId: string | undefined
  readonly sellerId: string | undefined
  /** Whom `appAuthToken` stands for. */
  readonly merchantId: string | undefined
}

const withProvider = (content: object, id: string | undefined): object => {
  if (id === undefined) return content
  const { extend_params: given } = content as ApiRequests['pay']
  return { ...content, extend_params: { ...given, sys_service_provider_id: given?.sys_service_provider_id ?? id } }
}

/** A client on a connection that other clients may share. */
export const clientOf = (connection: Connection, defaults: Defaults): Alipay => {
  const { wire, keys } = connection

  /** Waits for the turn of a call, should many begin at once. @returns when it was called, by the clock */
  const begin = async (): Promise<number> => {
    const calledAt = wire.clock.now()
    await holdingClock(wire.clock, turnstile)
    return calledAt
  }

  const send = (call: Omit<CallInput, 'options' | 'merchantId'>, options: CallOptions): Promise<Reply> => {
    checkOptions('REQUEST_INVALID', { options })
    const { signal, timeout, appAuthToken, notifyUrl } = options
    checkOptions('REQUEST_INVALID', { signal, timeout, appAuthToken, notifyUrl })
    const token = appAuthToken ?? call.appAuthToken
    return performCall(connection, {
      ...call,
      appAuthToken: token,
      merchantId: token === undefined || token !== defaults.appAuthToken ? undefined : defaults.merchantId,
      notifyUrl: notifyUrl ?? call.notifyUrl,
      options: { signal, timeout },
    }) as Promise<Reply>
  }

  const api =
    <Name extends ApiName>(name: Name): Call<Name> =>
    async (content, options = {}) => {
      const calledAt = await begin()
      checkRequest(APIS[name], content)
      const { method, movesMoney } = APIS[name]
      const notified = NOTIFIED.includes(name)
      const reply = await send(
        {
          method,
          movesMoney,
          calledAt,
          content: notified ? withProvider(content, defaults.sysServiceProviderId) : content,
          appAuthToken: OWN_CALLS.includes(name) ? undefined : defaults.appAuthToken,
          notifyUrl: notified ? defaults.notifyUrl : undefined,
        },
        options,
      )
      return reply as ApiReplies[Name]
    }

  const execute = async <R extends Reply>(method: string, content?: object, options: CallOptions = {}): Promise<R> => {
    const calledAt = await begin()
    checkOptions('REQUEST_INVALID', { method: method ?? '', bizContent: content })
    const movesMoney = Object.values(APIS).find((known) => known.method === method)?.movesMoney ?? true
    const { appAuthToken } = defaults
    return (await send({ method, movesMoney, calledAt, content, appAuthToken, notifyUrl: undefined }, options)) as R
  }

  const verified = async (...[rawBody, options]: Parameters<Alipay['verifyNotify']>): Promise<Notification> => {
    await holdingClock(wire.clock, turnstile)
    const parsed = parseNotify(rawBody, options)
    const trusted = keys.forNotification(parsed.certSn)
    if (await holdingClock(wire.clock, () => verifyNotifySignature(parsed, trusted, wire.signType))) {
      return toNotification(parsed)
    }
    throw new F2fError('NOTIFY_BAD_SIGNATURE', 'The signature of the notification does not hold.')
  }

  const verifyTrace: Trace<VerifyMessage, Notification> = {
    channel: diagnosticChannels().verify,
    clock: wire.clock,
    facts: () => ({}),
    resultOf: ({ out_trade_no: outTradeNo, notify_type: notifyType }) => ({ outTradeNo, notifyType }),
  }

  return Object.freeze({
    appId: wire.appId,
    sellerId: defaults.sellerId,
    clock: wire.clock,
    get lastVerifiedReplyAt() {
      return connection.lastVerifiedReplyAt
    },
    pay: api('pay'),
    precreate: api('precreate'),
    query: api('query'),
    cancel: api('cancel'),
    close: api('close'),
    refund: api('refund'),
    refundQuery: api('refundQuery'),
    billDownloadUrl: api('billDownloadUrl'),
    appAuthToken: api('appAuthToken'),
    appAuthTokenQuery: api('appAuthTokenQuery'),
    settle: api('settle'),
    heartbeat: api('heartbeat'),
    execute,
    withAuth(appAuthToken: string, merchantId?: string) {
      checkOptions('CONFIG_INVALID', { appAuthToken: appAuthToken ?? '' })
      return clientOf(connection, { ...defaults, appAuthToken, merchantId })
    },
    verifyNotify: (...given: Parameters<Alipay['verifyNotify']>) => traced(verifyTrace, () => verified(...given)),
  })
}
