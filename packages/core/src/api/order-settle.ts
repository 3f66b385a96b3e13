import type { OpenMembers, Reply } from './reply.ts'
import { type RoyaltyDetail, royaltyShape } from './royalty.ts'
import { amount, type Breach, list, type Members, oneOf, type Rule, shape, text } from './rules.ts'
import { merchantNo, tradeNo } from './trade-id.ts'

/** `extend_params` of a settlement. Source: protocol §6.10. */
export interface SettleExtendParams extends OpenMembers {
  /** `'true'` ends the sharing and frees what is left. */
  readonly royalty_finish?: 'true' | 'false' | undefined
  /** Yuan to free; only with `royalty_finish` `'true'`. */
  readonly royalty_finish_amount?: string | undefined
}

/**
 * alipay.trade.order.settle: shares a paid trade out (分账).
 *
 * Fails with `ACQ.SYSTEM_ERROR` (unknown: ask before repeating), `ACQ.INVALID_PARAMETER`, `ACQ.TRADE_NOT_EXIST`,
 * `ACQ.TRADE_STATUS_ERROR`, `ACQ.DISCORDANT_REPEAT_REQUEST`, `ACQ.DUP_OUT_REQUEST_NO`, `ACQ.FREQUENCY_LIMITED`,
 * `ACQ.ROYALTY_RECEIVER_INVALID`, `ACQ.ALLOC_AMOUNT_VALIDATE_ERROR` and others. Source: protocol §6.10.
 */
export interface TradeOrderSettleRequest extends OpenMembers {
  /** Alipay's trade number, at most 64 characters. */
  readonly trade_no: string
  /** This settlement's own number: 1 to 64 letters, digits and `_`. */
  readonly out_request_no: string
  /** At least one, unless `extend_params.royalty_finish` is `'true'`. */
  readonly royalty_parameters?: readonly RoyaltyDetail[] | undefined
  /** At most 64 characters. */
  readonly operator_id?: string | undefined
  readonly extend_params?: SettleExtendParams | undefined
  /** Default `sync`. */
  readonly royalty_mode?: 'sync' | 'async' | undefined
}

/** Source: protocol §6.10. */
export interface TradeOrderSettleReply extends Reply {
  readonly trade_no?: string
  /** Alipay's number of the settlement. */
  readonly settle_no?: string
}

const finishAmountNeedsFinish = (params: Members): Breach | undefined =>
  params.royalty_finish_amount === undefined || params.royalty_finish === 'true'
    ? undefined
    : { field: 'royalty_finish_amount', rule: "must only be given with royalty_finish 'true'" }

const finishes = (params: unknown): boolean =>
  typeof params === 'object' && params !== null && 'royalty_finish' in params && params.royalty_finish === 'true'

const sharesSomething = (settlement: Members): Breach | undefined => {
  const { royalty_parameters: shares, extend_params: extend } = settlement
  if ((Array.isArray(shares) && shares.length > 0) || finishes(extend)) return undefined
  return { field: 'royalty_parameters', rule: "needs at least one share unless extend_params.royalty_finish is 'true'" }
}

/** The rules of {@link TradeOrderSettleRequest}. */
export const tradeOrderSettleRules: Rule = shape<TradeOrderSettleRequest>({
  required: ['trade_no', 'out_request_no'],
  fields: {
    trade_no: tradeNo,
    out_request_no: merchantNo,
    royalty_parameters: list(shape<RoyaltyDetail>(royaltyShape)),
    operator_id: text(64),
    extend_params: shape<SettleExtendParams>({
      fields: { royalty_finish: oneOf('true', 'false'), royalty_finish_amount: amount() },
      also: [finishAmountNeedsFinish],
    }),
    royalty_mode: oneOf('sync', 'async'),
  },
  also: [sharesSomething],
})
