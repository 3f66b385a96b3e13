import type { Documented, OpenMembers } from './reply.ts'
import { amount, list, must, oneOf, type Rule, shape, text, textOr } from './rules.ts'

/** `extend_params`. Source: protocol §6.1. */
export interface ExtendParams extends OpenMembers {
  /** The service provider's PID, for its commission (返佣); at most 64 characters. */
  readonly sys_service_provider_id?: string | undefined
  /** JSON text, at most 512 characters. */
  readonly industry_reflux_info?: string | undefined
  /** At most 32 characters. */
  readonly card_type?: string | undefined
  /** The seller's name to show, at most 32 characters. */
  readonly specified_seller_name?: string | undefined
  /** Number of Huabei instalments. */
  readonly hb_fq_num?: string | undefined
  /** Percentage of the instalment fee the seller bears, such as `'100'`. */
  readonly hb_fq_seller_percent?: string | undefined
}

/** `business_params` as an object; its content is agreed with Alipay. Source: protocol §6.1. */
export interface BusinessParams extends OpenMembers {
  /** The IP address from which the order was made, at most 128 characters. */
  readonly mc_create_trade_ip?: string | undefined
}

/** `sub_merchant`: the merchant behind a platform. Source: protocol §6.1. */
export interface SubMerchant extends OpenMembers {
  readonly merchant_id: string
  /** Default `alipay`; at most 32 characters. */
  readonly merchant_type?: Documented<'alipay'> | undefined
}

/** One settlement of `settle_info`. Source: protocol §6.2. */
export interface SettleDetailInfo extends OpenMembers {
  /** At most 64 characters. */
  readonly trans_in_type?: Documented<'cardAliasNo' | 'userId' | 'loginName' | 'defaultSettle'> | undefined
  /** At most 64 characters. */
  readonly trans_in?: string | undefined
  /** At most 64 characters. */
  readonly summary_dimension?: string | undefined
  /** At most 64 characters. */
  readonly settle_entity_id?: string | undefined
  readonly settle_entity_type?: 'SecondMerchant' | 'Store' | undefined
  /** Yuan; the amount of the order. */
  readonly amount: string
}

/** `settle_info`. Source: protocol §6.2. */
export interface SettleInfo extends OpenMembers {
  /** One to ten; Alipay takes only one for now. */
  readonly settle_detail_infos: readonly SettleDetailInfo[]
  /** `1d` to `365d`. */
  readonly settle_period_time?: string | undefined
}

/** `extend_params`. */
export const extendParams: Rule = shape<ExtendParams>({
  fields: {
    sys_service_provider_id: text(64),
    industry_reflux_info: text(512),
    card_type: text(32),
    specified_seller_name: text(32),
    hb_fq_num: text(),
    hb_fq_seller_percent: text(),
  },
})

/** `business_params`, an object or its JSON text. */
export const businessParams: Rule = textOr(
  text(512),
  shape<BusinessParams>({ fields: { mc_create_trade_ip: text(128) } }),
)

/** `sub_merchant`. */
export const subMerchant: Rule = shape<SubMerchant>({
  required: ['merchant_id'],
  fields: { merchant_id: text(), merchant_type: text(32) },
})

const settleDetail = shape<SettleDetailInfo>({
  required: ['amount'],
  fields: {
    trans_in_type: text(64),
    trans_in: text(64),
    summary_dimension: text(64),
    settle_entity_id: text(64),
    settle_entity_type: oneOf('SecondMerchant', 'Store'),
    amount: amount(),
  },
})

/** `settle_info`. */
export const settleInfo: Rule = shape<SettleInfo>({
  required: ['settle_detail_infos'],
  fields: {
    settle_detail_infos: list(settleDetail, 10),
    settle_period_time: must(
      'must be 1d to 365d',
      (value) => typeof value === 'string' && /^[1-9]\d{0,2}d$/.test(value) && Number.parseInt(value, 10) <= 365,
    ),
  },
})
