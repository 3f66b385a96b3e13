import { F2fError } from '../errors.ts'

/** Options are refused at construction with the one, options of a call before it is sent with the other. */
export type Refusal = 'CONFIG_INVALID' | 'REQUEST_INVALID'

interface OptionRule {
  readonly rule: string
  readonly holds: (value: unknown) => boolean
}

const LONGEST_TIMEOUT = 2 ** 31 - 1

const text =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value)

const hasMethods =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function')

const RULES = {
  appId: { rule: 'must be 1 to 32 letters and digits', holds: text(/^\w{1,32}$/) },
  sellerId: { rule: 'must be the Alipay user id of the payee, 1 to 30 letters and digits', holds: text(/^\w{1,30}$/) },
  appAuthToken: { rule: 'must be 1 to 128 characters without blanks', holds: text(/^[\x21-\x7e]{1,128}$/) },
  sysServiceProviderId: { rule: 'must be 1 to 64 characters without blanks', holds: text(/^[\x21-\x7e]{1,64}$/) },
  encryptKey: { rule: 'must be text', holds: (value) => typeof value === 'string' },
  notifyUrl: {
    rule: 'must be an http or https address of at most 256 characters',
    holds: (value) => text(/^https?:\/\/\S{1,248}$/i)(value) && URL.canParse(String(value)),
  },
  timeout: {
    rule: `must be milliseconds, more than 0 and at most ${LONGEST_TIMEOUT}`,
    holds: (value) => typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT,
  },
  signType: { rule: 'must be RSA2 or RSA', holds: (value) => value === 'RSA2' || value === 'RSA' },
  method: { rule: 'must be the name of an API, such as alipay.trade.query', holds: text(/^[a-z][\w.]{1,127}$/i) },
  bizContent: { rule: 'must be an object', holds: (value) => typeof value === 'object' && value !== null },
  options: { rule: 'must be an object', holds: (value) => typeof value === 'object' && value !== null },
  signal: { rule: 'must be an AbortSignal', holds: hasMethods('addEventListener', 'removeEventListener') },
  transport: { rule: 'must be a function', holds: (value) => typeof value === 'function' },
  clock: { rule: 'must have now and setTimeout', holds: hasMethods('now', 'setTimeout') },
} as const satisfies Record<string, OptionRule>

/** An option that breaks its rule. The value is never in it: it may be a key or a token. */
export const refuseOption = (code: Refusal, field: string, rule: string): F2fError =>
  new F2fError(code, `The option ${field} ${rule}.`, { details: { field, rule } })

/**
 * Checks the options that are there; an option that is undefined is not.
 *
 * @throws F2fError with `code`, naming the option and the rule
 */
export const checkOptions = (code: Refusal, options: { readonly [Name in keyof typeof RULES]?: unknown }): void => {
  for (const field of Object.keys(options) as (keyof typeof RULES)[]) {
    const value = options[field]
    const { rule, holds }: OptionRule = RULES[field]
    if (value !== undefined && !holds(value)) throw refuseOption(code, field, rule)
  }
}
