import type { TransitionMessage } from '../diagnostics/messages.ts'
import { isF2fError } from '../errors.ts'
import { observe } from './observe.ts'

/** The part of a logger that is used: pino has it, and whatever is shaped like pino. */
export interface PaymentLogger {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

type Line = readonly [level: keyof PaymentLogger, message: string]

const lineOf = ({ changes, to, refund }: TransitionMessage): Line | undefined => {
  if (changes.includes('attention')) return ['warn', `payment ${to}: a person should look`]
  if (changes.includes('unknown')) return ['warn', `payment ${to}: Alipay has not said how it stands`]
  if (changes.includes('settled')) return ['info', `payment ${to}`]
  if (refund !== undefined && refund.to !== 'pending' && refund.to !== refund.from)
    return ['info', `refund ${refund.to}`]
  return undefined
}

/** Neither stack nor cause: those may hold what a driver or the shop's own code put there. */
const errorFacts = (error: unknown): object => {
  if (isF2fError(error)) return error.toJSON()
  return error instanceof Error ? { name: error.name, message: error.message } : { message: String(error) }
}

/**
 * Writes what matters about the payments of this process to a logger, until the returned function is called:
 *
 * - `info`: a payment or refund is settled.
 * - `warn`: nobody knows how a payment stands; a person should look at one; a notification was refused.
 * - `error`: what `onProblem` is told, such as a store that fails or an `onSettled` that throws.
 *
 * Lines hold numbers, statuses, amounts and codes; never keys, tokens, payment codes or words about the buyer.
 */
export const logPayments = (logger: PaymentLogger): (() => void) =>
  observe({
    transition: (transition) => {
      const line = lineOf(transition)
      if (line === undefined) return
      const [level, message] = line
      const { version: _version, unknown: _unknown, changes: _changes, ...facts } = transition
      logger[level](facts, message)
    },
    notification: ({ result }) => {
      if (result?.reply === 'fail') logger.warn(result, 'notification refused')
    },
    problem: ({ error, outTradeNo }) => {
      logger.error({ outTradeNo, err: errorFacts(error) }, 'problem in the background')
    },
  })
