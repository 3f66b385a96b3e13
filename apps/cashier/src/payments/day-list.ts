import { type Ref, ref, shallowRef } from 'vue'
import { Offline } from '../api/problem.ts'
import type { TillApi } from '../api/till-api.ts'
import type { Shown } from './history.ts'

export interface DayList {
  readonly payments: Ref<readonly Shown[]>
  readonly state: Ref<'loading' | 'ready' | 'offline' | 'failed'>
  readonly nextCursor: Ref<string | undefined>
  /** Reads the day from its beginning. */
  load(day: string): Promise<void>
  /** Reads the next page of the same day. */
  more(): Promise<void>
  /** Reads one payment again. */
  refresh(outTradeNo: string): Promise<void>
}

/** A day's payments, the newest first, page by page. */
export const createDayList = (api: Pick<TillApi, 'list' | 'payment'>): DayList => {
  const payments = shallowRef<readonly Shown[]>([])
  const state = ref<'loading' | 'ready' | 'offline' | 'failed'>('loading')
  const nextCursor = shallowRef<string>()
  let shownDay = ''

  const take = async (day: string, cursor: string | undefined): Promise<void> => {
    try {
      const page = await api.list(day, cursor)
      // Another day may have been chosen meanwhile.
      if (day !== shownDay) return
      payments.value = cursor === undefined ? page.payments : [...payments.value, ...page.payments]
      nextCursor.value = page.nextCursor
      state.value = 'ready'
    } catch (error) {
      if (day === shownDay) state.value = error instanceof Offline ? 'offline' : 'failed'
    }
  }

  return {
    payments,
    state,
    nextCursor,
    async load(day) {
      shownDay = day
      state.value = 'loading'
      payments.value = []
      nextCursor.value = undefined
      await take(day, undefined)
    },
    more: () => take(shownDay, nextCursor.value),
    async refresh(outTradeNo) {
      const fresh = await api.payment(outTradeNo)
      payments.value = payments.value.map((one) => (one.outTradeNo === outTradeNo ? fresh : one))
    },
  }
}
