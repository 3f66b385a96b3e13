import { F2fError } from '../errors.ts'
import { fen } from '../money.ts'

/** Where a request breaks a rule, and which one. `field` and `rule` read as one sentence. */
export interface Breach {
  /** Path inside the request, such as `goods_detail[0].price`; empty for the value itself. */
  readonly field: string
  /** The rule in plain words, such as `must have at most 64 characters`. Never the value. */
  readonly rule: string
}

/** Checks one value that is neither `undefined` nor `null`. Never changes it. */
export type Rule = (value: unknown) => Breach | undefined

/** The members of a plain object. */
export type Members = Readonly<Record<string, unknown>>

/** The names a type spells out, without its index signature. */
type KnownNames<T> = T extends unknown
  ? keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } & string
  : never

/** What an object must look like. Every name its type spells out has a rule. */
export interface Shape<T> {
  readonly fields: { readonly [K in KnownNames<T>]: Rule }
  /** Members that must be there. */
  readonly required?: readonly KnownNames<T>[]
  /** At least one of these must be there. */
  readonly anyOf?: readonly [KnownNames<T>, KnownNames<T>]
  /** Why a member without a rule is refused. Left out: such members pass, because Alipay adds fields often. */
  readonly closed?: string
  /** Rules over several members; they see an object whose members each hold. */
  readonly also?: readonly ((members: Members) => Breach | undefined)[]
}

/** A rule over one value: `holds`, or else `rule` is what the caller reads. */
export const must = (rule: string, holds: (value: unknown) => boolean): Rule => {
  const breach: Breach = Object.freeze({ field: '', rule })
  return (value) => (holds(value) ? undefined : breach)
}

/** Characters are code points, so one Chinese character or one emoji counts once. Stops counting after `max`. */
const hasAtMost = (value: string, max: number): boolean => {
  if (value.length <= max) return true
  let count = 0
  for (const _ of value) if (++count > max) return false
  return true
}

/** Half of a surrogate pair: no encoding can carry it. */
const hasBrokenCharacter = (value: string): boolean => /\p{Surrogate}/u.test(value)

const unbroken = must(
  'must not contain half of a character (a lone surrogate)',
  (value) => !hasBrokenCharacter(String(value)),
)

/** A string of at most `max` characters; without `max`, any string. */
export const text = (max = Number.POSITIVE_INFINITY): Rule => {
  const fits = must(
    max === Number.POSITIVE_INFINITY ? 'must be a string' : `must be a string of at most ${max} characters`,
    (value) => typeof value === 'string' && hasAtMost(value, max),
  )
  return (value) => fits(value) ?? unbroken(value)
}

/** A string that matches the whole `pattern`. */
export const matching = (pattern: RegExp, rule: string): Rule =>
  must(rule, (value) => typeof value === 'string' && pattern.test(value))

/** A string of 1 to `max` characters without blanks. */
export const id = (max: number): Rule => {
  const fits = matching(new RegExp(`^\\S{1,${max}}$`, 'u'), `must be a string of 1 to ${max} characters without blanks`)
  return (value) => fits(value) ?? unbroken(value)
}

/** One of the documented strings. */
export const oneOf = (...values: readonly string[]): Rule =>
  must(`must be one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value))

const fenOrNaN = (value: unknown): number => {
  try {
    return fen(value as string)
  } catch {
    return Number.NaN
  }
}

/**
 * Yuan as a decimal string with at most two decimals, from `least` to 100000000.00. A JSON number is refused although
 * official samples use numbers: binary fractions lose fen.
 */
export const amount = (least: '0.00' | '0.01' = '0.01'): Rule => {
  const leastFen = fen(least)
  return must(
    `must be yuan as a decimal string such as '88.88' (not a number), from ${least} to 100000000.00, at most two decimals`,
    (value) => fenOrNaN(value) >= leastFen,
  )
}

/** A whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number): Rule =>
  must(
    `must be a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  )

const MISSING: Breach = { field: '', rule: 'is required' }
const NULL: Breach = { field: '', rule: 'must not be null; leave it out instead' }

const presence = (value: unknown): Breach | undefined => {
  if (value === undefined) return MISSING
  return value === null ? NULL : undefined
}

const within = (name: string, inner: Breach): Breach => {
  const joint = inner.field === '' || inner.field.startsWith('[') ? '' : '.'
  return { field: `${name}${joint}${inner.field}`, rule: inner.rule }
}

/** An array of at most `max` members that each hold; without `max`, of any number. */
export const list = (item: Rule, max = Number.POSITIVE_INFINITY): Rule => {
  const isList = must(
    max === Number.POSITIVE_INFINITY ? 'must be an array' : `must be an array of at most ${max}`,
    (value) => Array.isArray(value) && value.length <= max,
  )
  return (value) => {
    if (!Array.isArray(value) || value.length > max) return isList(value)
    for (let index = 0; index < value.length; index++) {
      const broken = presence(value[index]) ?? item(value[index])
      if (broken) return within(`[${index}]`, broken)
    }
    return undefined
  }
}

/** A string that holds `asText`, or anything else that holds `otherwise`. */
export const textOr = (asText: Rule, otherwise: Rule): Rule => {
  return (value) => (typeof value === 'string' ? asText(value) : otherwise(value))
}

const isPlainObject = (value: unknown): value is Members => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const plainObject = must('must be a plain object', isPlainObject)

/** Something JSON can carry. Members of objects are not looked at. */
const jsonValue = must(
  'must be something JSON can carry: a string, a finite number, true, false, an array or an object',
  (value) =>
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'object' ||
    (typeof value === 'number' && Number.isFinite(value)),
)

/** A plain object of this {@link Shape}. A member that is `undefined` counts as absent; `null` is refused. */
export const shape = <T>({ fields, required = [], anyOf, closed, also = [] }: Shape<T>): Rule => {
  const rules = new Map<string, Rule>(Object.entries(fields))
  const other: Rule = closed === undefined ? jsonValue : must(closed, () => false)

  const missing = (members: Members): Breach | undefined => {
    for (const name of required) if (members[name] === undefined) return within(name, MISSING)
    if (anyOf === undefined || anyOf.some((name) => members[name] !== undefined)) return undefined
    return { field: anyOf[0], rule: `is required unless ${anyOf[1]} is given` }
  }

  const brokenMember = (members: Members): Breach | undefined => {
    for (const name of Object.keys(members)) {
      const value = members[name]
      if (value === undefined) continue
      const broken = value === null ? NULL : (rules.get(name) ?? other)(value)
      if (broken) return within(name, broken)
    }
    return undefined
  }

  return (value) => {
    if (!isPlainObject(value)) return plainObject(value)
    const broken = missing(value) ?? brokenMember(value)
    if (broken) return broken
    for (const rule of also) {
      const conflict = rule(value)
      if (conflict) return conflict
    }
    return undefined
  }
}

/** A plain object whose members this toolkit does not know. */
export const anyObject: Rule = shape<Members>({ fields: {} })

/**
 * Checks a request before it is signed and sent. Changes nothing.
 *
 * @throws F2fError `REQUEST_INVALID` with `details` `{ method, field, rule }`; the value itself is never in it
 */
export const checkRequest = (api: { readonly method: string; readonly rules: Rule }, content: unknown): void => {
  const broken = api.rules(content)
  if (broken === undefined) return
  const { rule, field } = broken
  throw new F2fError('REQUEST_INVALID', `${api.method} was refused: ${field || 'the request'} ${rule}.`, {
    details: { method: api.method, field, rule },
  })
}
