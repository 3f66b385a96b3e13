/** What goes wrong with an answer. */
export const FAULTS = [
  'drop',
  'delay',
  'http500',
  'system_error',
  'unavailable',
  'bad_signature',
  'garbage',
  'retry_flag',
] as const

/**
 * - `drop`: the connection breaks, no answer
 * - `delay`: the answer, or with `when: 'before'` the work, comes later
 * - `http500`: HTTP 500 with a page instead of JSON
 * - `system_error`: 40004 with `ACQ.SYSTEM_ERROR`
 * - `unavailable`: 20000 with `isp.unknow-error`
 * - `bad_signature`: the right answer under a wrong signature
 * - `garbage`: HTTP 200 with something that is not JSON
 * - `retry_flag`: 40004 with `ACQ.SYSTEM_ERROR` and `retry_flag` `Y`, as a cancel that must be repeated
 */
export type FaultKind = (typeof FAULTS)[number]

/** A fault as it befalls one call. */
export interface Fault {
  readonly fault: FaultKind
  /** Of `delay`: ms. Default: the simulator's `replyDelay`. */
  readonly delay?: number | undefined
}

/** Which calls a fault befalls. */
export interface FaultRule extends Fault {
  /** API name, whole (`alipay.trade.pay`) or short (`pay`). */
  readonly method: string
  /** `before`: nothing is done. `after`: the work is done first. Default `before`. */
  readonly when?: 'before' | 'after' | undefined
  /** How many calls it befalls. Default: all. */
  readonly times?: number | undefined
  /** Share of the calls it befalls, 0 to 1. Default 1. */
  readonly probability?: number | undefined
  /** Only calls about this order. */
  readonly outTradeNo?: string | undefined
}
