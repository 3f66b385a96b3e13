import { onBeforeUnmount, onMounted } from 'vue'
import type { Till } from '../till.ts'

const WHILE_ONLINE = 15_000
const WHILE_OFFLINE = 2_000

/** Finds out by itself when the back end goes and comes back, also while nothing is being charged. */
export const useKnocking = (till: Till): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const knock = (): void => {
    clearTimeout(timer)
    void till.knock().finally(() => {
      clearTimeout(timer)
      timer = setTimeout(knock, till.online.value ? WHILE_ONLINE : WHILE_OFFLINE)
    })
  }
  onMounted(() => {
    knock()
    window.addEventListener('online', knock)
    window.addEventListener('offline', knock)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    window.removeEventListener('online', knock)
    window.removeEventListener('offline', knock)
  })
}
