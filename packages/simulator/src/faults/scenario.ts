import { invalid } from '../http/problem.ts'
import type { RefusalCode } from '../ledger/refusal.ts'
import type { Fault } from './fault.ts'

/** What a payment code makes of its payment. */
export interface Scenario {
  /**
   * - `paid`: the buyer pays at once
   * - `waiting`: the buyer is asked first
   * - `none`: the request has no effect
   */
  readonly effect: 'paid' | 'waiting' | 'none'
  /** The waiting buyer pays by themselves after a while. */
  readonly confirmsLater?: boolean
  /** Why the payment is refused. */
  readonly refusal?: RefusalCode
  /** What happens to the answer. */
  readonly fault?: Fault
}

const PAID: Scenario = { effect: 'paid' }

/** By the last two digits of the payment code (design §4); all others pay at once. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '00': PAID,
  '03': { effect: 'waiting', confirmsLater: true },
  '04': { effect: 'none', refusal: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' },
  '05': { effect: 'none', refusal: 'ACQ.PAYMENT_AUTH_CODE_INVALID' },
  '09': { effect: 'waiting' },
  '20': { effect: 'paid', fault: { fault: 'unavailable' } },
  '21': { effect: 'none', fault: { fault: 'unavailable' } },
  '30': { effect: 'paid', fault: { fault: 'drop' } },
  '31': { effect: 'none', fault: { fault: 'drop' } },
  '32': { effect: 'paid', fault: { fault: 'delay' } },
  '33': { effect: 'paid', fault: { fault: 'bad_signature' } },
}

/** The scenario of a payment code. */
export const scenarioOf = (authCode: string): Scenario => SCENARIOS[authCode.slice(-2)] ?? PAID

/**
 * The scenario somebody asks for by JSON: two digits, as text or number; none given means paid at once.
 *
 * @throws HttpProblem 400
 */
export const scenarioDigits = (scenario: unknown = '00'): string => {
  const digits = String(scenario).padStart(2, '0')
  if (!/^\d\d$/.test(digits)) throw invalid('scenario is not two digits.')
  return digits
}
