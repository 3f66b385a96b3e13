import type { Clock } from '../clock.ts'

/** Whether `work` ends within `ms` of `clock`; rejects when it does. What ends later is left to itself. */
export const endsWithin = async (work: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> => {
  let cancelTimer = (): void => undefined
  const tooLate = new Promise<false>((resolve) => {
    cancelTimer = clock.setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true), tooLate])
  } finally {
    cancelTimer()
  }
}
