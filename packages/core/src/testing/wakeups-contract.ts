import type { ContractCase } from './store-contract.ts'
import { WakeupsBench, type WakeupsRule, type WakeupsUnderTest } from './wakeups-contract-bench.ts'
import { CALLING_RULES } from './wakeups-contract-calling.ts'
import { ENDING_RULES } from './wakeups-contract-ending.ts'

export type { WakeupsUnderTest } from './wakeups-contract-bench.ts'

export interface WakeupsContractOptions {
  /** Why no other process can see the same plans: rules that need `another` are left out. */
  readonly alone?: string
  /** Why an overtaken plan still calls: the rule that it does not is left out. Harmless, as the machine then finds nothing due. */
  readonly overtakenPlansCall?: string
  /** Milliseconds to wait for a call that must come, a repeated one included. Default 20,000. */
  readonly patience?: number
}

const GROUPS: readonly (readonly [firstId: number, rules: readonly WakeupsRule[]])[] = [
  [1, CALLING_RULES],
  [21, ENDING_RULES],
]

const run = async (
  rule: WakeupsRule,
  factory: () => Promise<WakeupsUnderTest>,
  patience: number | undefined,
): Promise<void> => {
  const bench = new WakeupsBench(await factory(), patience ?? 20_000)
  try {
    await rule.check(bench)
  } finally {
    await bench.end()
  }
}

/**
 * What every `Wakeups` must do, as data for any test runner:
 *
 * ```ts
 * for (const { id, name, run } of wakeupsContract(openMyWakeups)) test(`${id} ${name}`, run)
 * ```
 *
 * @param factory - opens wake-ups with nothing planned, once for each rule
 */
export const wakeupsContract = (
  factory: () => Promise<WakeupsUnderTest>,
  { alone, overtakenPlansCall, patience }: WakeupsContractOptions = {},
): readonly ContractCase[] =>
  GROUPS.flatMap(([firstId, rules]) =>
    rules.flatMap((rule, index) => {
      if (rule.needs === 'another' && alone !== undefined) return []
      if (rule.needs === 'recall' && overtakenPlansCall !== undefined) return []
      const id = `WK-${String(firstId + index).padStart(2, '0')}`
      return [{ id, name: rule.name, run: () => run(rule, factory, patience) }]
    }),
  )
