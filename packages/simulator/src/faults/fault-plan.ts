import type { Random } from '../random.ts'
import type { Fault, FaultRule } from './fault.ts'

/** A call as far as the plan needs to know it. */
export interface PlannedCall {
  /** The whole API name. */
  readonly method: string
  /** The API's short name, such as `pay`. */
  readonly shortName: string
  readonly outTradeNo: string | undefined
}

/** The faults to come. Among rules that fit a call, the first one given befalls it. */
export class FaultPlan {
  readonly #random: Random
  #rules: readonly FaultRule[]

  constructor(random: Random, rules: readonly FaultRule[]) {
    this.#random = random
    this.#rules = rules
  }

  /** Rules with calls left to befall. */
  get rules(): readonly FaultRule[] {
    return this.#rules
  }

  add(rules: readonly FaultRule[]): void {
    this.#rules = [...this.#rules, ...rules]
  }

  clear(): void {
    this.#rules = []
  }

  /** The fault that befalls this call now, counted as used. */
  take(call: PlannedCall, when: 'before' | 'after'): Fault | undefined {
    const rule = this.#rules.find((candidate) => fits(candidate, call, when) && this.#strikes(candidate))
    if (rule !== undefined) this.#use(rule)
    return rule
  }

  #strikes({ probability = 1 }: FaultRule): boolean {
    return probability >= 1 || this.#random.chance(probability)
  }

  #use(used: FaultRule): void {
    const { times } = used
    if (times === undefined) return
    const left = times > 1 ? [{ ...used, times: times - 1 }] : []
    this.#rules = this.#rules.flatMap((rule) => (rule === used ? left : [rule]))
  }
}

const fits = (rule: FaultRule, call: PlannedCall, when: 'before' | 'after'): boolean =>
  (rule.when ?? 'before') === when &&
  [call.method, call.shortName, call.method.replace('alipay.trade.', '')].includes(rule.method) &&
  (rule.outTradeNo === undefined || rule.outTradeNo === call.outTradeNo)
