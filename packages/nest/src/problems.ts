import { isF2fError } from '@f2f/core'
import { Logger } from '@nestjs/common'

const logger = new Logger('F2fModule')

/** Statuses any stranger can cause: bad or unfinished notifications. They must not fill a log. */
const STRANGERS: ReadonlySet<number> = new Set([400, 413, 499])

/** Somebody was still waiting for a payment when the application closed: no fault, every restart has some. */
const CLOSING: ReadonlySet<string> = new Set(['CASHIER_CLOSED', 'WAIT_CASHIER_CLOSED'])

/**
 * Tells whoever runs the application: a fault of this side as an error; a refusal as a warning; as a debug message
 * what any stranger can cause, and what ends with the application.
 *
 * @param about - the payment or operation it happened to
 */
export const logProblem = (error: unknown, about?: string): void => {
  const words = error instanceof Error ? error.message : String(error)
  const text = about === undefined ? words : `${about}: ${words}`
  if (isF2fError(error) && (STRANGERS.has(error.status) || CLOSING.has(error.code))) logger.debug(text)
  else if (!isF2fError(error) || error.status >= 500)
    logger.error(text, error instanceof Error ? error.stack : undefined)
  else logger.warn(text)
}
