import { DUE_RULES } from './store-contract-due.ts'
import { LASTING_RULES } from './store-contract-lasting.ts'
import { LIST_RULES } from './store-contract-list.ts'
import { ROUND_TRIP_RULES } from './store-contract-round-trip.ts'
import type { StoreRule, StoreUnderTest } from './store-contract-rule.ts'
import { WRITE_RULES } from './store-contract-writes.ts'

export type { StoreUnderTest } from './store-contract-rule.ts'

/** One rule of a contract, ready to run under any test runner. */
export interface ContractCase {
  /** Stable for ever, such as `ST-07`. */
  readonly id: string
  readonly name: string
  /** Rejects with an Error that says what is wrong. */
  readonly run: () => Promise<void>
}

/** What a store is known not to do, each with the reason. Rules about it are left out. */
export interface StoreDifferences {
  /** Why nothing outlives the process: rules that need `reopen` are left out. */
  readonly forgets?: string
  /** Why nobody else can open the same payments: rules that need `another` are left out. */
  readonly alone?: string
  /** Why it tells nobody of changes: rules about `subscribe` are left out. */
  readonly silent?: string
}

const GROUPS: readonly (readonly [firstId: number, rules: readonly StoreRule[]])[] = [
  [1, WRITE_RULES],
  [21, ROUND_TRIP_RULES],
  [41, DUE_RULES],
  [51, LIST_RULES],
  [71, LASTING_RULES],
]

const run = async (rule: StoreRule, factory: () => Promise<StoreUnderTest>): Promise<void> => {
  const opened = await factory()
  try {
    await rule.check(opened.store, opened)
  } finally {
    await opened.close()
  }
}

/**
 * What every `PaymentStore` must do, as data for any test runner:
 *
 * ```ts
 * for (const { id, name, run } of storeContract(openMyStore)) test(`${id} ${name}`, run)
 * ```
 *
 * @param factory - opens an empty store, once for each rule
 */
export const storeContract = (
  factory: () => Promise<StoreUnderTest>,
  differences: StoreDifferences = {},
): readonly ContractCase[] => {
  const declared = { reopen: differences.forgets, another: differences.alone, subscribe: differences.silent }
  return GROUPS.flatMap(([firstId, rules]) =>
    rules.flatMap((rule, index) => {
      if (rule.needs !== undefined && declared[rule.needs] !== undefined) return []
      const id = `ST-${String(firstId + index).padStart(2, '0')}`
      return [{ id, name: rule.name, run: () => run(rule, factory) }]
    }),
  )
}
