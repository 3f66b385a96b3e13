import type { HistoryRow, RefundRow } from '../rows/ledger-rows.ts'
import type { PaymentRow } from '../rows/payment-row.ts'

type Names<R> = readonly (keyof R & string)[]

/** A list with every name of `R` in it, or a compile error that shows the missing ones. */
const every =
  <R>() =>
  <const L extends Names<R>>(
    ...names: L & ([keyof R] extends [L[number]] ? unknown : Exclude<keyof R, L[number]>)
  ): L =>
    names

export const PAYMENT_COLUMNS = every<PaymentRow>()(
  'out_trade_no',
  'kind',
  'status',
  'version',
  'total_amount',
  'subject',
  'body',
  'store_id',
  'terminal_id',
  'operator_id',
  'seller_id',
  'merchant_id',
  'masked_auth_code',
  'fingerprint',
  'qr_code',
  'trade_no',
  'buyer_logon_id',
  'buyer_user_id',
  'receipt_amount',
  'buyer_pay_amount',
  'paid_at',
  'needs_attention',
  'late_success',
  'created_at',
  'updated_at',
  'settled_at',
  'deadline_at',
  'due_at',
  'unfinished_since',
  'next_at',
  'pay_unknown',
  'rechecks',
  'ask_from',
  'nested',
)

export const HISTORY_COLUMNS = every<HistoryRow>()('out_trade_no', 'seq', 'at', 'status', 'why')

export const REFUND_COLUMNS = every<RefundRow>()(
  'out_trade_no',
  'out_request_no',
  'status',
  'refund_amount',
  'requested_at',
  'settled_at',
)
