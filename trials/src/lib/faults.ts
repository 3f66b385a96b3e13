import { FAULTS, type FaultKind, type FaultRule } from '@f2f/simulator'

const METHODS = ['pay', 'precreate', 'query', 'cancel', 'refund', 'fastpay.refund.query'] as const

/** A fault that only cancels have would be an impossible answer elsewhere. */
const possible = (method: string, fault: FaultKind): boolean => fault !== 'retry_flag' || method === 'cancel'

/**
 * Every fault the simulator knows, before and after the work is done, for every call, together befalling `share` of all
 * calls.
 */
export const everyFault = (share: number): readonly FaultRule[] =>
  METHODS.flatMap((method) => {
    const rules = (['before', 'after'] as const).flatMap((when) =>
      FAULTS.filter((fault) => possible(method, fault)).map((fault) => ({ method, when, fault })),
    )
    return rules.map((rule) => ({ ...rule, probability: share / rules.length }))
  })
