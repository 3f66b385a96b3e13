import type { Documented, OpenMembers } from './reply.ts'
import { amount, oneOf, type Shape, text, wholeNumber } from './rules.ts'

type AccountType = Documented<'userId' | 'loginName' | 'cardAliasNo' | 'openId'>

/** One share of a payment, its documented members only. Source: protocol §6.5, §6.10. */
export interface RoyaltyMembers {
  /** Default `transfer`. */
  readonly royalty_type?: 'transfer' | 'replenish' | undefined
  /** Who pays. A 2088… user id of 16 digits, or a login name; at most 64 characters. */
  readonly trans_out?: string | undefined
  /** At most 64 characters. */
  readonly trans_out_type?: AccountType | undefined
  /** Who receives; the same forms. */
  readonly trans_in: string
  /** At most 64 characters. */
  readonly trans_in_type?: AccountType | undefined
  /** Checked against the account when given; at most 64 characters. */
  readonly trans_in_name?: string | undefined
  /** Yuan, above 0. */
  readonly amount?: string | undefined
  /** 1 to 100. */
  readonly amount_percentage?: number | undefined
  /** At most 1000 characters. */
  readonly desc?: string | undefined
  /** At most 256 characters: 达人佣金, 平台服务费, 技术服务费 or 其他. */
  readonly royalty_scene?: string | undefined
}

/** One share of a payment; further members pass. */
export interface RoyaltyDetail extends RoyaltyMembers, OpenMembers {}

/** The rules of {@link RoyaltyMembers}; the documented 16 characters of an account do not fit a login name. */
export const royaltyShape: Shape<RoyaltyMembers> = {
  required: ['trans_in'],
  fields: {
    royalty_type: oneOf('transfer', 'replenish'),
    trans_out: text(64),
    trans_out_type: text(64),
    trans_in: text(64),
    trans_in_type: text(64),
    trans_in_name: text(64),
    amount: amount(),
    amount_percentage: wholeNumber(1, 100),
    desc: text(1000),
    royalty_scene: text(256),
  },
}
