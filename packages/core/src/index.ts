export type {
  AlipayCertDownloadReply,
  AlipayCertDownloadRequest,
  Api,
  ApiName,
  ApiReplies,
  ApiRequests,
  AppAuthToken,
  AppAuthTokenQueryReply,
  AppAuthTokenQueryRequest,
  AppAuthTokenReply,
  AppAuthTokenRequest,
  BillDownloadUrlReply,
  BillDownloadUrlRequest,
  BillType,
  BusinessParams,
  BuyerMembers,
  DepositBackInfo,
  Documented,
  ExtendParams,
  GoodsDetail,
  GoodsMembers,
  HeartbeatReply,
  HeartbeatRequest,
  HeartbeatTrade,
  OpenMembers,
  OrderRequest,
  PaidMembers,
  PromoParams,
  RefundChargeInfo,
  RefundGoodsDetail,
  RefundRoyaltyResult,
  Reply,
  ReplyCode,
  RoyaltyDetail,
  RoyaltyMembers,
  SettleDetailInfo,
  SettleExtendParams,
  SettleInfo,
  SubCodeClass,
  SubCodeDescription,
  SubMerchant,
  TradeCancelReply,
  TradeCancelRequest,
  TradeCloseMembers,
  TradeCloseReply,
  TradeCloseRequest,
  TradeFundBill,
  TradeId,
  TradeOrderSettleReply,
  TradeOrderSettleRequest,
  TradePayReply,
  TradePayRequest,
  TradePrecreateReply,
  TradePrecreateRequest,
  TradeQueryMembers,
  TradeQueryReply,
  TradeQueryRequest,
  TradeRefundMembers,
  TradeRefundQueryMembers,
  TradeRefundQueryReply,
  TradeRefundQueryRequest,
  TradeRefundReply,
  TradeRefundRequest,
  TradeSettleInfo,
  TradeStatus,
  VoucherDetail,
} from './api/index.ts'
export { APIS, checkRequest, describeSubCode, normalizeSubCode } from './api/index.ts'
export { type AuthCodeKind, classifyAuthCode, maskAuthCode } from './auth-code.ts'
export {
  type Authorisation,
  type AuthorisationOptions,
  createAuthorisation,
  type MerchantView,
  type Renewals,
} from './authorisation/authorisation.ts'
export { memoryMerchantStore } from './authorisation/memory-merchant-store.ts'
export type { AuthorisedMerchant, MerchantStore, OpenAuthorisation } from './authorisation/merchant-store.ts'
export {
  type Cashier,
  type CashierOptions,
  createCashier,
  type RefundRequest,
  type WaitOptions,
} from './cashier/cashier.ts'
export type { HandleNotify, NotifyResult } from './cashier/handle-notify.ts'
export type { Merchant, Merchants } from './cashier/merchants.ts'
export type { Elsewhere, OnRefund, OnSettled } from './cashier/teller.ts'
export {
  type Alipay,
  type AlipayOptions,
  type CallOptions,
  type CertificateOptions,
  createAlipay,
  type KeyInput,
  type Notification,
  type NotificationMembers,
} from './client/alipay.ts'
export { createNodeTransport, type NodeTransport, type NodeTransportOptions } from './client/node-transport.ts'
export { type Clock, createSystemClock, holdingClock, systemClock } from './clock.ts'
export { type DiagnosticChannels, diagnosticChannels } from './diagnostics/channels.ts'
export type {
  CallMessage,
  DeliveryMessage,
  NotificationMessage,
  PaymentChange,
  ProblemMessage,
  RefundChange,
  Traced,
  TransitionMessage,
  VerifyMessage,
} from './diagnostics/messages.ts'
export { ERROR_CODES, F2fError, type F2fErrorCode, type F2fErrorDetails, isF2fError, neverSent } from './errors.ts'
export { fen, yuan } from './money.ts'
export type {
  CancelOutcome,
  Effect,
  NotifyNews,
  OfferOutcome,
  PaymentEvent,
  PayOutcome,
  QueryOutcome,
  RefundOrder,
  RefundOutcome,
  RefundQueryOutcome,
  TradeFacts,
  Transition,
} from './payment/event.ts'
export { transition } from './payment/machine.ts'
export { type BarcodeOrder, prepareBarcode, prepareQr, type QrOrder } from './payment/order.ts'
export {
  type Cancellation,
  type Failure,
  type HistoryEntry,
  isSettled,
  type Payment,
  type PaymentKind,
  type PaymentStatus,
  type Problem,
  type Refund,
  type RefundStatus,
  type Report,
  refundableAmount,
  refundedAmount,
  type SettledStatus,
} from './payment/payment.ts'
export { completePolicy, DEFAULT_POLICY, type Policy } from './payment/policy.ts'
export { decryptBizContent, encryptBizContent } from './protocol/aes.ts'
export { canonicalize } from './protocol/canonical.ts'
export { type CertificateFile, certExpiry, certPublicKey, certSn, rootCertSn } from './protocol/certificate.ts'
export { isTrustedCertificate } from './protocol/certificate-trust.ts'
export { type Charset, decodeText, encodeText, parseCharset } from './protocol/charset.ts'
export { encodeForm, type FormOptions, parseForm } from './protocol/form.ts'
export { isOwnPublicKey, type KeyKind, parseKey } from './protocol/keys.ts'
export { type NotifyOptions, type ParsedNotify, parseNotify, verifyNotifySignature } from './protocol/notify.ts'
export { parseNode, type RawReply, type ReplyOptions, readReply, verifyReply } from './protocol/reply.ts'
export { type BuiltRequest, buildRequest, type RequestInput } from './protocol/request.ts'
export { keySigner, type SignatureOptions, type Signer, type SignType, sign, verify } from './protocol/signature.ts'
export { beijingTimestamp, parseBeijing } from './protocol/time.ts'
export { memoryStore } from './store/memory-store.ts'
export type { PaymentFilter, PaymentStore } from './store/payment-store.ts'
export type { Transport, TransportRequest, TransportResponse } from './transport.ts'
export { type TimerWakeupsOptions, timerWakeups } from './wakeups/timer-wakeups.ts'
export type { WakeupPlan, Wakeups } from './wakeups/wakeups.ts'
