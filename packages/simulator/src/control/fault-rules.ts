import { FAULTS, type FaultKind, type FaultRule } from '../faults/fault.ts'
import { METHODS } from '../gateway/methods/index.ts'
import { isJsonObject, type JsonObject } from '../http/json-body.ts'
import { invalid } from '../http/problem.ts'

const METHOD_NAMES: ReadonlySet<string> = new Set(
  [...METHODS.values()].flatMap(({ name, shortName }) => [name, shortName, name.replace('alipay.trade.', '')]),
)

const FIELDS: readonly string[] = ['method', 'when', 'fault', 'times', 'probability', 'outTradeNo', 'delay']

/**
 * The fault rules in a control request: one, or a list of them.
 *
 * @throws HttpProblem 400 naming the field that is wrong
 */
export const readFaultRules = (body: unknown): readonly FaultRule[] =>
  (Array.isArray(body) ? body : [body]).map(readRule)

const readRule = (value: unknown): FaultRule => {
  if (!isJsonObject(value)) throw invalid('A fault rule is not a JSON object.')
  const unknown = Object.keys(value).find((name) => !FIELDS.includes(name))
  if (unknown !== undefined) throw invalid(`A fault rule has no field ${unknown}.`)
  return {
    method: oneOf(value, 'method', [...METHOD_NAMES]),
    fault: oneOf(value, 'fault', FAULTS) as FaultKind,
    when: value.when === undefined ? 'before' : (oneOf(value, 'when', ['before', 'after']) as 'before' | 'after'),
    times: number(value, 'times', 1, Number.MAX_SAFE_INTEGER),
    probability: number(value, 'probability', 0, 1),
    delay: number(value, 'delay', 0, Number.MAX_SAFE_INTEGER),
    outTradeNo: text(value, 'outTradeNo'),
  }
}

const oneOf = (rule: JsonObject, field: string, values: readonly string[]): string => {
  const value = rule[field]
  if (typeof value !== 'string' || !values.includes(value))
    throw invalid(`${field} is not one of ${values.join(', ')}.`)
  return value
}

const number = (rule: JsonObject, field: string, least: number, most: number): number | undefined => {
  const value = rule[field]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw invalid(`${field} is not a number from ${least} to ${most}.`)
  }
  return value
}

const text = (rule: JsonObject, field: string): string | undefined => {
  const value = rule[field]
  if (value !== undefined && typeof value !== 'string') throw invalid(`${field} is not a text.`)
  return value
}
