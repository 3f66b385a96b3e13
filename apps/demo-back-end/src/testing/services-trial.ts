import { type RestartTrial, restartTrial } from './restart-trial.ts'
import { type Services, withServices } from './services.ts'

/** What happened to a demo on real services, and what it has left in them. */
export interface ServicesTrial extends RestartTrial {
  readonly stored: Awaited<ReturnType<Services['payments']>>
  readonly queued: boolean | undefined
}

/**
 * The restart trial on PostgreSQL and, where there is a Redis, BullMQ.
 *
 * @param main - path of the demo's built main file
 * @param number - as {@link withServices} wants it
 */
export const servicesTrial = (main: string, number: number): Promise<ServicesTrial> =>
  withServices(number, async ({ environment, payments, isQueueUsed }) => {
    const trial = await restartTrial(main, environment)
    return { ...trial, stored: await payments(), queued: await isQueueUsed() }
  })
