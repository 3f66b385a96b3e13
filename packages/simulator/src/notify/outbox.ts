import { type Clock, holdingClock } from '@f2f/core'
import { signNotify } from '@f2f/core/testing'
import type { Trade } from '../ledger/trade.ts'
import type { World } from '../world.ts'
import { type Notification, notifyParams } from './message.ts'
import { type News, newsOf } from './news.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Between two attempts: eight attempts in about a day (protocol §8.6). */
const RETRY_AFTER: readonly number[] = [4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR]

/** How the sending of one notification goes. */
export interface DeliveryReport {
  readonly notifyId: string
  readonly news: News
  readonly attempts: number
  /** True once the merchant answered `success`. */
  readonly delivered: boolean
}

/** Tells merchants what becomes of their trades, until they answer `success` or the attempts are used up. */
export class Outbox {
  readonly #world: World
  readonly #patience: Clock
  readonly #reports = new Map<string, Map<string, DeliveryReport>>()
  readonly #pending = new Set<() => void>()

  /** @param patience - the clock that ends an attempt nobody answers; not moved by `POST /clock/advance` */
  constructor(world: World, patience: Clock) {
    this.#world = world
    this.#patience = patience
    if (world.settings.notify.enabled) world.ledger.onChange((before, now) => this.#announce(before, now))
  }

  /** Every notification about a trade so far. */
  reports(tradeNo: string): readonly DeliveryReport[] {
    return [...(this.#reports.get(tradeNo)?.values() ?? [])]
  }

  /** Forgets everything; nothing more is sent about trades so far. */
  clear(): void {
    for (const callOff of this.#pending) callOff()
    this.#pending.clear()
    this.#reports.clear()
  }

  #announce(before: Trade | undefined, trade: Trade): void {
    const news = newsOf(before, trade, this.#world.settings.notify)
    if (news === undefined || trade.notify === undefined) return
    const notifyId = this.#world.numbers.notifyId(this.#world.clock.now())
    this.#schedule({ notifyId, news, trade }, 0, 0)
  }

  #schedule(notification: Notification, attempt: number, ms: number): void {
    const { clock } = this.#world
    const callOff = clock.setTimeout(() => {
      this.#pending.delete(callOff)
      clock.track(this.#attempt(notification, attempt))
    }, ms)
    this.#pending.add(callOff)
  }

  async #attempt(notification: Notification, attempt: number): Promise<void> {
    const delivered = await this.#send(notification)
    this.#report(notification, { attempts: attempt + 1, delivered })
    const pause = RETRY_AFTER[attempt]
    if (!delivered && pause !== undefined) this.#schedule(notification, attempt + 1, pause)
  }

  #report({ notifyId, news, trade }: Notification, state: Pick<DeliveryReport, 'attempts' | 'delivered'>): void {
    const reports = this.#reports.get(trade.tradeNo) ?? new Map<string, DeliveryReport>()
    reports.set(notifyId, { notifyId, news, ...state })
    this.#reports.set(trade.tradeNo, reports)
  }

  async #send(notification: Notification): Promise<boolean> {
    const { settings } = this.#world
    const limit = new AbortController()
    const callOff = this.#patience.setTimeout(() => limit.abort(), settings.notify.timeout)
    try {
      return await Promise.race([this.#exchange(notification, limit.signal), aborted(limit.signal)])
    } catch {
      return false
    } finally {
      callOff()
    }
  }

  async #exchange(notification: Notification, signal: AbortSignal): Promise<boolean> {
    const { settings, registry, alipayKey, clock } = this.#world
    const { trade } = notification
    const params = notifyParams(notification, registry.merchant(trade.sellerId), clock.now())
    const { signType } = registry.app(trade.appId) ?? {}
    const body = await holdingClock(clock, () => signNotify(params, alipayKey.privateKey, { signType }))
    const headers = { 'content-type': `application/x-www-form-urlencoded; charset=${trade.notify?.charset}` }
    const request = new Request(trade.notify?.url ?? '', { method: 'POST', headers, body, redirect: 'manual', signal })
    const response = await settings.notify.send(request)
    return response.status === 200 && (await response.text()) === 'success'
  }
}

const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }))
