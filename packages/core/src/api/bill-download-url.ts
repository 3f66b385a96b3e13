import { dayOrMonth } from './calendar.ts'
import type { Documented, OpenMembers, Reply } from './reply.ts'
import { type Breach, type Members, oneOf, type Rule, shape, text } from './rules.ts'

/**
 * `trade`: every payment and refund; `signcustomer`: every movement of the merchant's balance; the others belong to
 * other products. Source: protocol §6.8.
 */
export type BillType = 'trade' | 'signcustomer' | 'merchant_act' | 'trade_zft_merchant' | 'zft_acc' | 'settlementMerge'

/**
 * alipay.data.dataservice.bill.downloadurl.query: where the bill of a day or a month can be fetched.
 *
 * Fails with `NO_BILL_DATA`, `BILL_NOT_EXIST`, `INVAILID_ARGUMENTS` (so spelt), `UNKNOWN_ERROR`,
 * `BILL_DATE_BEFORE_REGISTRATION`, `TYPE_NOT_SUPPORTED`, `SYSTEM_RATE_LIMIT` or `USER_RATE_LIMIT`; `isp.bill_not_exist`
 * was seen live. Source: protocol §6.8.
 */
export interface BillDownloadUrlRequest extends OpenMembers {
  readonly bill_type: BillType
  /**
   * `yyyy-MM-dd` or `yyyy-MM`, at most six years ago. Never today: the file of a day is there the next morning around
   * nine, that of a month around the third.
   */
  readonly bill_date: string
  /** The merchant behind a platform; only with `trade_zft_merchant`. */
  readonly smid?: string | undefined
}

/** Source: protocol §6.8. */
export interface BillDownloadUrlReply extends Reply {
  /** At most 2048 characters. Dies 30 s after it was given out; fetch it with a plain GET. */
  readonly bill_download_url?: string
  readonly bill_file_code?: Documented<'EMPTY_DATA_WITH_BILL_FILE'>
}

const BILL_TYPES: readonly BillType[] = [
  'trade',
  'signcustomer',
  'merchant_act',
  'trade_zft_merchant',
  'zft_acc',
  'settlementMerge',
]

const smidOnlyForPlatforms = (bill: Members): Breach | undefined =>
  bill.smid === undefined || bill.bill_type === 'trade_zft_merchant'
    ? undefined
    : { field: 'smid', rule: 'must only be given with bill_type trade_zft_merchant' }

/** The rules of {@link BillDownloadUrlRequest}. */
export const billDownloadUrlRules: Rule = shape<BillDownloadUrlRequest>({
  required: ['bill_type', 'bill_date'],
  fields: { bill_type: oneOf(...BILL_TYPES), bill_date: dayOrMonth, smid: text() },
  also: [smidOnlyForPlatforms],
})
