import type { FakePage } from '../helpers/fake-page.ts'
import type { ManualClock } from '../helpers/manual-clock.ts'

/** What libraries take from the page they run in. */
const globalsOf = (page: FakePage, clock: ManualClock) => {
  let timers = 0
  const stops = new Map<number, () => void>()
  const every = (id: number, fn: () => void, ms: number): void => {
    stops.set(
      id,
      clock.setTimeout(() => {
        every(id, fn, ms)
        fn()
      }, ms),
    )
  }
  const clear = (id: number): void => stops.get(id)?.()
  return {
    document: Object.assign(page.document, { activeElement: page.focused }),
    setTimeout(fn: (...args: unknown[]) => void, ms: number, ...args: unknown[]): number {
      const id = ++timers
      stops.set(
        id,
        clock.setTimeout(() => fn(...args), ms),
      )
      return id
    },
    clearTimeout: clear,
    setInterval(fn: () => void, ms: number): number {
      const id = ++timers
      every(id, fn, ms)
      return id
    },
    clearInterval: clear,
  }
}

/** Runs something with the page as the global one, and all of its time by the clock. */
export const onClock = <T>(page: FakePage, clock: ManualClock, run: () => T): T => {
  const globals = globalsOf(page, clock)
  const names = Object.keys(globals) as (keyof typeof globals)[]
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  const { now: dateNow } = Date
  const performanceNow = performance.now
  for (const name of names) Object.defineProperty(globalThis, name, { value: globals[name], configurable: true })
  Date.now = clock.now
  performance.now = clock.now
  try {
    return run()
  } finally {
    Date.now = dateNow
    performance.now = performanceNow
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor)
      else Reflect.deleteProperty(globalThis, name)
    }
  }
}
