import type { PaymentKind, PaymentStatus, RefundStatus } from '@f2f/core'
import type { ColumnType } from 'kysely'

/** A 64-bit column: fen, or milliseconds since 1970. Drivers give it as number, text or bigint. */
type Whole = ColumnType<number | string | bigint, number, number>
type MaybeWhole = ColumnType<number | string | bigint | null, number | null, number | null>
type Count = ColumnType<number | bigint, number, number>
/** 0 or 1: the one boolean all databases agree on. */
type Flag = ColumnType<number | bigint, 0 | 1, 0 | 1>
type MaybeText = ColumnType<string | null, string | null, string | null>

/** One row is one whole payment. Amounts are fen, instants are milliseconds since 1970 (UTC). */
export interface PaymentTable {
  out_trade_no: string
  kind: PaymentKind
  status: PaymentStatus
  version: Count
  total_amount: Whole
  subject: string
  body: MaybeText
  store_id: MaybeText
  terminal_id: MaybeText
  operator_id: MaybeText
  seller_id: MaybeText
  merchant_id: MaybeText
  masked_auth_code: MaybeText
  fingerprint: string
  qr_code: MaybeText
  trade_no: MaybeText
  buyer_logon_id: MaybeText
  buyer_user_id: MaybeText
  receipt_amount: MaybeWhole
  buyer_pay_amount: MaybeWhole
  paid_at: MaybeWhole
  needs_attention: Flag
  late_success: Flag
  created_at: Whole
  updated_at: Whole
  settled_at: MaybeWhole
  deadline_at: Whole
  due_at: MaybeWhole
  /** `created_at` while `due_at` is set: so an index of what is unfinished is in the order of lists, everywhere. */
  unfinished_since: MaybeWhole
  next_at: MaybeWhole
  pay_unknown: Flag
  rechecks: Count
  ask_from: Count
  /** JSON: failure, problem, cancellation, refunds, reports, history. */
  nested: string
}

/** The audit trail: one line for each status a payment entered. Lines are added, never changed. */
export interface HistoryTable {
  out_trade_no: string
  /** Place in the payment's history, from 0. */
  seq: Count
  at: Whole
  status: PaymentStatus
  why: string
}

/** What refunds are looked up by. The whole refund is in its payment's row. */
export interface RefundTable {
  out_trade_no: string
  out_request_no: string
  status: RefundStatus
  refund_amount: Whole
  requested_at: Whole
  settled_at: MaybeWhole
}

/** A code that was shown and waits for its till. */
export interface InvitationTable {
  id: string
  terminal_id: string
  code_hash: string
  grant_json: string
  created_at: Whole
  expires_at: Whole
  attempts: Count
}

export interface TerminalTable {
  terminal_id: string
  grant_json: string
  /** A JWK. */
  public_key: string
  enrolled_at: Whole
}

export interface RevokedTerminalTable {
  terminal_id: string
  issued_before: Whole
}

export interface RevokedTokenTable {
  token_hash: string
  forget_at: Whole
}

/** What was used once. */
export interface ClaimTable {
  key_hash: string
  claimed_for: string
  forget_at: Whole
}

export interface MerchantTable {
  merchant_id: string
  version: Count
  /** JSON, sealed when there is a key. */
  tokens: string
  seller_id: string
  auth_app_id: MaybeText
  authorised_at: Whole
  refresh_before: MaybeWhole
}

/** A merchant that was sent to Alipay and has not come back. */
export interface AuthorisationTable {
  state_hash: string
  merchant_id: string
  opened_at: Whole
  expires_at: Whole
}

export interface MigrationTable {
  name: string
  timestamp: string
}

export interface Tables {
  f2f_payments: PaymentTable
  f2f_payment_history: HistoryTable
  f2f_refunds: RefundTable
  f2f_invitations: InvitationTable
  f2f_terminals: TerminalTable
  f2f_revoked_terminals: RevokedTerminalTable
  f2f_revoked_tokens: RevokedTokenTable
  f2f_claims: ClaimTable
  f2f_merchants: MerchantTable
  f2f_authorisations: AuthorisationTable
  f2f_migrations: MigrationTable
}
