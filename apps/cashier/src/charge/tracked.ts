import type { PaymentView } from '@f2f/core/http'
import type { ApiProblem } from '../api/problem.ts'
import type { Intent } from './journal.ts'

export type PaymentKind = PaymentView['kind']

/**
 * How far a payment of this till has come.
 *
 * - `sending`: the request is on its way, or its answer was lost and is being looked for
 * - `known`: the back end has it; `payment` says the rest
 * - `unheard`: the back end has never heard of it, so nothing was charged
 * - `refused`: the back end would not begin it; nothing was charged
 */
export type Stage = 'sending' | 'known' | 'unheard' | 'refused'

/** One payment as the page follows it. */
export interface Tracked {
  readonly intent: Intent
  readonly stage: Stage
  readonly payment?: PaymentView
  /** Why it was refused, or why a cancel was. */
  readonly problem?: ApiProblem
  /** The back end cannot be reached just now. */
  readonly offline?: boolean
  readonly cancelling?: boolean
}

/** Whether nothing more is to come. */
export const isOver = ({ stage, payment }: Tracked): boolean => stage === 'refused' || payment?.settled === true
