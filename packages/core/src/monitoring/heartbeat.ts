import type { HeartbeatRequest } from '../api/heartbeat.ts'
import type { Alipay } from '../client/client-interface.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { TransitionMessage } from '../diagnostics/messages.ts'
import { F2fError, isF2fError } from '../errors.ts'
import { beijingTimestamp } from '../protocol/time.ts'
import { warn, withoutTrouble } from '../warn.ts'
import { HeartbeatTrades } from './heartbeat-trades.ts'
import { observe } from './observe.ts'

export interface HeartbeatOptions {
  /**
   * A client for the gateway of heartbeats, which speaks plain http: `createAlipay({ …, gateway:
   * 'http://mcloudmonitor.com/gateway.do', transport: createNodeTransport() })`. Source: protocol §1.1.
   */
  readonly alipay: Pick<Alipay, 'heartbeat' | 'clock'>
  /** At most 32 characters, unique among the merchant's tills, such as a MAC address. */
  readonly equipmentId: string
  /** Milliseconds between two heartbeats. Default 900,000, as the official demo has it. */
  readonly every?: number | undefined
  /** Milliseconds before the first one. Default 5,000. */
  readonly firstAfter?: number | undefined
  /** Default: the clock of `alipay`. */
  readonly clock?: Clock | undefined
  /** Default `CR`, a till. */
  readonly type?: HeartbeatRequest['type'] | undefined
  readonly storeId?: string | undefined
  readonly sysServiceProviderId?: string | undefined
  readonly manufacturerAppId?: string | undefined
  readonly mac?: string | undefined
  /** `2G`, `3G`, `WIFI`, `LAN`. */
  readonly networkType?: string | undefined
  /** What is broken now: asked before each heartbeat. */
  readonly exceptions?: (() => readonly ('HE_PRINTER' | 'HE_SCANER' | 'HE_OTHER')[]) | undefined
  /** Which payments of this process are this till's. Default: those of `storeId`, or all without one. */
  readonly isMine?: ((transition: TransitionMessage) => boolean) | undefined
  /** Told of heartbeats that failed. Default: `process.emitWarning`. */
  readonly onProblem?: ((error: unknown) => void) | undefined
}

/** Tells Alipay how one till is doing. */
export interface Heartbeat {
  /** Tells now, without waiting for the next time. Never rejects. */
  beat(): Promise<void>
  /** Says that the till is switched off, and ends. Never rejects. */
  close(): Promise<void>
}

type Status = HeartbeatRequest['equipment_status']

/** Heartbeats sent one after another when there is more to tell than one can hold. */
const MOST_AT_ONCE = 10

const contentOf = (options: HeartbeatOptions, status: Status, now: number): HeartbeatRequest => {
  const { type = 'CR', exceptions } = options
  const broken = exceptions?.() ?? []
  return {
    product: 'FP',
    type,
    equipment_id: options.equipmentId,
    equipment_status: status,
    time: beijingTimestamp(now),
    store_id: options.storeId,
    sys_service_provider_id: options.sysServiceProviderId,
    manufacturer_app_id: options.manufacturerAppId,
    mac: options.mac,
    network_type: options.networkType,
    ...(broken.length === 0 ? {} : { exception_info: broken.join('|') }),
  }
}

const refuse = (field: string, rule: string): F2fError =>
  new F2fError('CONFIG_INVALID', `The heartbeat's ${field} ${rule}.`, { details: { field, rule } })

const checkHeartbeat = ({ alipay, equipmentId, ...times }: HeartbeatOptions): void => {
  if (typeof alipay?.heartbeat !== 'function') throw refuse('alipay', 'must be a client')
  if (typeof equipmentId !== 'string' || !/^[\x21-\x7e]{1,32}$/.test(equipmentId)) {
    throw refuse('equipmentId', 'must be 1 to 32 characters without blanks')
  }
  for (const field of ['every', 'firstAfter'] as const) {
    const value = times[field] ?? 1
    if (!(Number.isFinite(value) && value > 0)) throw refuse(field, 'must be milliseconds, more than 0')
  }
}

/**
 * Sends Alipay's heartbeat (monitor.heartbeat.syn) at its times, with how long the payments since the last one took
 * and how they ended. A heartbeat that fails is told to `onProblem` and disturbs no payment; what it had to tell goes
 * goes with the next one. Source: protocol §6.11.
 *
 * What the till says of itself is checked by the client, before the first heartbeat is sent.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createHeartbeat = (options: HeartbeatOptions): Heartbeat => {
  checkHeartbeat(options)
  const { alipay, clock = alipay.clock ?? systemClock, every = 900_000, firstAfter = 5_000, storeId } = options
  const onProblem = withoutTrouble(options.onProblem ?? warn)
  const { isMine = (transition) => storeId === undefined || transition.storeId === storeId } = options
  const trades = new HeartbeatTrades()
  const stopWatching = observe({
    transition: (transition) => {
      if (isMine(transition)) trades.add(transition)
    },
  })
  let next: Status = '10'
  let last: Promise<void> = Promise.resolve()
  let cancelTimer = (): void => undefined
  let closing: Promise<void> | undefined

  const send = async (status: Status): Promise<void> => {
    const told = trades.take()
    try {
      const reply = await alipay.heartbeat({
        ...contentOf(options, status, clock.now()),
        ...(told.length === 0 ? {} : { trade_info: told }),
      })
      if (reply.code === '10000') return
      const { code, sub_code: subCode } = reply
      throw new F2fError('HEARTBEAT_REFUSED', 'Alipay refused a heartbeat.', { details: { code, subCode } })
    } catch (error) {
      if (isF2fError(error) && error.retryable) trades.giveBack(told)
      throw error
    }
  }

  const tell = async (status: Status): Promise<void> => {
    try {
      await send(status)
      next = '30'
      for (let sent = 1; trades.size > 0 && sent < MOST_AT_ONCE; sent++) await send('30')
    } catch (error) {
      onProblem(error)
    }
  }

  const inTurn = (status: () => Status): Promise<void> => {
    last = last.then(() => tell(status()))
    return last
  }

  const plan = (after: number): void => {
    cancelTimer = clock.setTimeout(() => {
      void inTurn(() => next)
      plan(every)
    }, after)
  }

  plan(firstAfter)
  return {
    beat: () => closing ?? inTurn(() => next),
    close() {
      cancelTimer()
      stopWatching()
      closing ??= inTurn(() => '20')
      return closing
    },
  }
}
