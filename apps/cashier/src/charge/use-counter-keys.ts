import { onBeforeUnmount, onMounted } from 'vue'
import { keyOf } from './amount.ts'
import type { Counter } from './counter.ts'
import { isOver } from './tracked.ts'

/** Fields and open dialogs take their own keys. */
const isTakenElsewhere = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('input, textarea, select, dialog[open]') !== null

/** The amount from the keyboard wherever the focus is: digits, point, Backspace, Escape; Enter goes on to the next customer. */
export const useCounterKeys = (counter: Counter, isActive: () => boolean): void => {
  const keydown = (event: KeyboardEvent): void => {
    if (!isActive() || event.ctrlKey || event.metaKey || event.altKey || isTakenElsewhere(event)) return
    const key = keyOf(event.key)
    if (key !== undefined) {
      event.preventDefault()
      counter.press(key)
    }
    const { value } = counter.shown
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null
    if (event.key === 'Enter' && !isOnButton && value !== undefined && isOver(value)) counter.next()
  }
  onMounted(() => window.addEventListener('keydown', keydown))
  onBeforeUnmount(() => window.removeEventListener('keydown', keydown))
}
