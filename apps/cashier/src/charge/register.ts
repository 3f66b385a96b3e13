import type { PaymentView } from '@f2f/core/http'
import { type ComputedRef, computed, shallowReactive } from 'vue'
import { isProblem } from '../api/problem.ts'
import type { TillApi } from '../api/till-api.ts'
import type { Machine } from '../machine.ts'
import { follow } from './follow.ts'
import type { Intent, Journal } from './journal.ts'
import { orderNumber } from './order-number.ts'
import { isOver, type PaymentKind, type Tracked } from './tracked.ts'

export interface RegisterOptions {
  readonly api: TillApi
  readonly journal: Journal
  readonly machine: Machine
  /** What customers read in their bills. */
  readonly subject: () => string
  /** Told once when a payment this page follows is settled. */
  readonly onSettled: (payment: PaymentView) => void
}

/** The payments this till has begun and not yet put away. */
export interface Register {
  readonly tracked: ReadonlyMap<string, Tracked>
  readonly unfinished: ComputedRef<readonly Tracked[]>
  /** A number and an amount, noted before anything is sent. */
  plan(kind: PaymentKind, totalAmount: string): Intent
  /** Asks for the money. The code is sent once and kept nowhere; the same intent may be charged again after `unheard`. */
  charge(intent: Intent, authCode: string): Promise<void>
  /** Asks for a QR to show. */
  offer(intent: Intent): Promise<void>
  cancel(outTradeNo: string): Promise<void>
  /** Takes up what was unfinished when the page was left. */
  resume(): void
  /** Stops following one that is over. */
  putAway(outTradeNo: string): void
  /** Gives up one the back end never heard of. A request still on its way may yet bring it: then it is shown again. */
  drop(outTradeNo: string): void
}

/** For so long after it was given up, a payment is looked for while the back end answers, ms. */
const LOOKED_FOR = 60_000

/** Whether somebody still has to see to it. */
const isUnfinished = (one: Tracked): boolean =>
  one.intent.droppedAt === undefined
    ? !isOver(one)
    : one.payment !== undefined && (!isOver(one) || one.payment.status === 'paid')

/** Whether the back end's refusal leaves no doubt that the payment was not begun. */
const isRefusal = (error: unknown): boolean =>
  isProblem(error) && !error.moneyMayHaveMoved && error.status < 500 && error.status !== 409

export const createRegister = ({ api, journal, machine, subject, onSettled }: RegisterOptions): Register => {
  const tracked = shallowReactive(new Map<string, Tracked>())
  const followers = new Map<string, AbortController>()

  const update = (outTradeNo: string, change: Partial<Tracked>): void => {
    const known = tracked.get(outTradeNo)
    if (known !== undefined) tracked.set(outTradeNo, { ...known, ...change })
  }

  const stopFollowing = (outTradeNo: string): void => {
    followers.get(outTradeNo)?.abort()
    followers.delete(outTradeNo)
  }

  const putAway = (outTradeNo: string): void => {
    stopFollowing(outTradeNo)
    journal.forget(outTradeNo)
    tracked.delete(outTradeNo)
  }

  const see = (payment: PaymentView): void => {
    const { outTradeNo } = payment
    const before = tracked.get(outTradeNo)
    // An older answer may come in after a newer one.
    if (before === undefined || (before.payment?.version ?? 0) > payment.version) return
    update(outTradeNo, { stage: 'known', payment, offline: false })
    if (!payment.settled || before.payment?.settled === true) return
    journal.forget(outTradeNo)
    onSettled(payment)
  }

  const startFollowing = (outTradeNo: string): void => {
    if (followers.has(outTradeNo)) return
    const controller = new AbortController()
    followers.set(outTradeNo, controller)
    const listener = {
      payment: see,
      unheard() {
        const droppedAt = tracked.get(outTradeNo)?.intent.droppedAt
        if (droppedAt !== undefined && machine.now() - droppedAt > LOOKED_FOR) putAway(outTradeNo)
        else update(outTradeNo, { stage: 'unheard', offline: false })
      },
      offline: () => update(outTradeNo, { offline: true }),
    }
    void follow(outTradeNo, { api, wait: machine.wait, listener, signal: controller.signal }).finally(() => {
      if (followers.get(outTradeNo) === controller) followers.delete(outTradeNo)
    })
  }

  const begin = async (intent: Intent, send: () => Promise<PaymentView>): Promise<void> => {
    const { outTradeNo } = intent
    stopFollowing(outTradeNo)
    journal.note(intent)
    tracked.set(outTradeNo, { intent, stage: 'sending' })
    try {
      const payment = await send()
      see(payment)
      if (!payment.settled) startFollowing(outTradeNo)
    } catch (error) {
      if (isProblem(error) && isRefusal(error)) {
        journal.forget(outTradeNo)
        update(outTradeNo, { stage: 'refused', problem: error })
      } else startFollowing(outTradeNo)
    }
  }

  const order = ({ outTradeNo, totalAmount }: Intent) => ({ outTradeNo, totalAmount, subject: subject() })

  return {
    tracked,
    unfinished: computed(() => [...tracked.values()].filter(isUnfinished)),
    plan: (kind, totalAmount) => ({
      outTradeNo: orderNumber(machine),
      kind,
      totalAmount,
      begunAt: machine.now(),
    }),
    charge: (intent, authCode) => begin(intent, () => api.start({ ...order(intent), authCode })),
    offer: (intent) => begin(intent, () => api.offer(order(intent))),
    async cancel(outTradeNo) {
      update(outTradeNo, { cancelling: true })
      try {
        see(await api.cancel(outTradeNo))
      } catch (error) {
        update(outTradeNo, isProblem(error) ? { problem: error } : { offline: true })
      } finally {
        update(outTradeNo, { cancelling: false })
      }
    },
    resume() {
      for (const intent of journal.open()) {
        if (tracked.has(intent.outTradeNo)) continue
        tracked.set(intent.outTradeNo, { intent, stage: 'sending' })
        startFollowing(intent.outTradeNo)
      }
    },
    putAway,
    drop(outTradeNo) {
      const known = tracked.get(outTradeNo)
      if (known === undefined) return
      const intent = { ...known.intent, droppedAt: machine.now() }
      journal.note(intent)
      tracked.set(outTradeNo, { ...known, intent })
      startFollowing(outTradeNo)
    },
  }
}
