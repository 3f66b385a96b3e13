import type { PaymentStatus, RefundStatus } from '@f2f/core'

/** Drivers give 64-bit numbers as number, text or bigint. */
export type Whole = number | string | bigint

/** The columns of `f2f_payments` of `@f2f/sql` that the comparison reads. Fen, ms since 1970. */
interface PaymentTable {
  readonly out_trade_no: string
  readonly status: PaymentStatus
  readonly total_amount: Whole
  readonly receipt_amount: Whole | null
  readonly trade_no: string | null
  readonly merchant_id: string | null
  readonly created_at: Whole
  readonly paid_at: Whole | null
  readonly settled_at: Whole | null
}

/** The columns of `f2f_refunds` of `@f2f/sql` that the comparison reads. */
interface RefundTable {
  readonly out_trade_no: string
  readonly out_request_no: string
  readonly status: RefundStatus
  readonly refund_amount: Whole
  readonly requested_at: Whole
  readonly settled_at: Whole | null
}

/** The bill, for as long as it is compared. */
export interface BillTable {
  order_key: string
  /** 0 payment, 1 refund, 2 another kind of business. */
  kind: number
  trade_no: string
  request_no: string
  amount: Whole
  receipt: Whole
  fee: Whole
  expected_fee: Whole | null
  happened_at: Whole
  store_id: string
  terminal_id: string
  subject: string
  business_type: string
  line: Whole
}

/** Order numbers that need a closer look; a number may stand here several times. */
interface OddTable {
  order_key: string
}

export interface Tables {
  f2f_payments: PaymentTable
  f2f_refunds: RefundTable
  f2f_reconcile_bill: BillTable
  f2f_reconcile_odd: OddTable
}
