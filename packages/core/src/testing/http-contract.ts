import { AUTHORISE_RULES } from './http-contract-authorise.ts'
import { BEGIN_RULES } from './http-contract-begin.ts'
import { HttpBench } from './http-contract-bench.ts'
import { CHANGE_RULES } from './http-contract-change.ts'
import { LOOK_RULES } from './http-contract-look.ts'
import { NOTIFY_RULES } from './http-contract-notify.ts'
import { RECONCILE_RULES } from './http-contract-reconcile.ts'
import { REFUSAL_RULES } from './http-contract-refusals.ts'
import type { HttpRule, HttpUnderTest } from './http-contract-rule.ts'
import { TERMINAL_RULES } from './http-contract-terminals.ts'
import { WIRE_RULES } from './http-contract-wire.ts'
import type { ContractCase } from './store-contract.ts'

export type { HttpBillPlan, HttpPlan, HttpUnderTest, TerminalsUnderTest, TillUnderTest } from './http-contract-rule.ts'

/** What the back end serves beyond the API that every one of them has. */
export interface HttpContractOptions {
  /** It was given `terminals`. Default false. */
  readonly terminals?: boolean | undefined
  /** It was given `reconciliations`. Default false. */
  readonly reconciliations?: boolean | undefined
  /** It was given `authorisations`. Default false. */
  readonly authorisations?: boolean | undefined
}

type Groups = readonly (readonly [firstId: number, rules: readonly HttpRule[]])[]

const GROUPS: Groups = [
  [1, BEGIN_RULES],
  [21, LOOK_RULES],
  [41, CHANGE_RULES],
  [51, NOTIFY_RULES],
  [71, REFUSAL_RULES],
  [91, WIRE_RULES],
]

const OF_TERMINALS: Groups = [[111, TERMINAL_RULES]]
const OF_RECONCILIATIONS: Groups = [[121, RECONCILE_RULES]]
const OF_AUTHORISATIONS: Groups = [[131, AUTHORISE_RULES]]

const groupsFor = ({ terminals, reconciliations, authorisations }: HttpContractOptions): Groups => [
  ...GROUPS,
  ...(terminals === true ? OF_TERMINALS : []),
  ...(reconciliations === true ? OF_RECONCILIATIONS : []),
  ...(authorisations === true ? OF_AUTHORISATIONS : []),
]

const run = async (rule: HttpRule, factory: () => Promise<HttpUnderTest>): Promise<void> => {
  const bench = new HttpBench(await factory())
  try {
    await rule.check(bench)
  } finally {
    await bench.end()
  }
}

/**
 * What every back end with the HTTP API must do over real connections, as data for any test runner:
 *
 * ```ts
 * const mounted = async () => {
 *   const shop = httpShop()
 *   const server = http.createServer(toNodeListener(createHandler(shop))).listen(0)
 *   …
 *   return shop.mountedAt(`http://127.0.0.1:${port}`, close)
 * }
 * for (const { id, name, run } of httpContract(mounted)) test(`${id} ${name}`, run)
 * ```
 *
 * @param factory - starts a server on plain HTTP, once for each rule
 */
export const httpContract = (
  factory: () => Promise<HttpUnderTest>,
  options: HttpContractOptions = {},
): readonly ContractCase[] =>
  groupsFor(options).flatMap(([firstId, rules]) =>
    rules.map(({ name, check }, index) => ({
      id: `HT-${String(firstId + index).padStart(2, '0')}`,
      name,
      run: () => run({ name, check }, factory),
    })),
  )
