import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

/** The time, renewed while the component lives. */
export const useTicks = (now: () => number, every = 250): Readonly<Ref<number>> => {
  const at = ref(now())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(() => {
      at.value = now()
    }, every)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return at
}
