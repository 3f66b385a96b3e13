import type { Scan } from '@f2f/pos-scanner'
import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { type AmountKey, amountOf, press } from './amount.ts'
import type { Intent } from './journal.ts'
import type { Register } from './register.ts'
import { isOver, type Tracked } from './tracked.ts'
import { judge, type Verdict } from './verdict.ts'

export type Notice = Exclude<Verdict, 'charge'>

/** What the cashier is doing just now: an amount being entered, or a payment on the screen. */
export interface Counter {
  readonly typed: Ref<string>
  /** Yuan; that of the payment to be scanned again, or what was entered. */
  readonly amount: ComputedRef<string | undefined>
  /** The payment on the screen. */
  readonly shown: ComputedRef<Tracked | undefined>
  /** The payment on the screen waits for its code to be scanned once more. */
  readonly rescanning: Ref<boolean>
  readonly notice: Ref<Notice | undefined>
  press(key: AmountKey): void
  scan(scan: Pick<Scan, 'code' | 'kind'>): void
  showQr(): void
  /** Puts what is on the screen aside; what is not over stays among the unfinished. */
  next(): void
  show(outTradeNo: string): void
  rescan(): void
  /** Gives up a payment the back end never heard of. */
  drop(): void
}

export const createCounter = (register: Register): Counter => {
  const typed = ref('')
  const current = ref<string>()
  const rescanning = ref(false)
  const notice = ref<Notice>()
  const shown = computed(() => (current.value === undefined ? undefined : register.tracked.get(current.value)))
  const amount = computed(() => (rescanning.value ? shown.value?.intent.totalAmount : amountOf(typed.value)))

  const next = (): void => {
    if (shown.value !== undefined && isOver(shown.value)) register.putAway(shown.value.intent.outTradeNo)
    current.value = undefined
    rescanning.value = false
    notice.value = undefined
  }

  const begin = (intent: Intent): void => {
    typed.value = ''
    current.value = intent.outTradeNo
    rescanning.value = false
    notice.value = undefined
  }

  return {
    typed,
    amount,
    shown,
    rescanning,
    notice,
    next,
    press(key) {
      if (shown.value !== undefined && !isOver(shown.value)) return
      if (shown.value !== undefined) next()
      notice.value = undefined
      typed.value = press(typed.value, key)
    },
    scan({ code, kind }) {
      const again = rescanning.value ? shown.value?.intent : undefined
      const busy = again === undefined && shown.value !== undefined && !isOver(shown.value)
      const verdict = judge(kind, amount.value, busy)
      if (verdict !== 'charge' || amount.value === undefined) {
        notice.value = verdict === 'charge' ? 'noAmount' : verdict
        return
      }
      const intent = again ?? register.plan('barcode', amount.value)
      if (again === undefined) next()
      begin(intent)
      void register.charge(intent, code)
    },
    showQr() {
      if (amount.value === undefined) {
        notice.value = 'noAmount'
        return
      }
      const intent = register.plan('qr', amount.value)
      next()
      begin(intent)
      void register.offer(intent)
    },
    show(outTradeNo) {
      next()
      current.value = outTradeNo
    },
    rescan() {
      const { intent } = shown.value ?? {}
      // A QR needs no scan of ours: the same number is offered again.
      if (intent?.kind === 'qr') void register.offer(intent)
      else rescanning.value = true
    },
    drop() {
      if (current.value !== undefined) register.drop(current.value)
      next()
    },
  }
}
