import {
  type AlipayCertDownloadReply,
  type AlipayCertDownloadRequest,
  alipayCertDownloadRules,
} from './alipay-cert-download.ts'
import { type AppAuthTokenReply, type AppAuthTokenRequest, appAuthTokenRules } from './app-auth-token.ts'
import {
  type AppAuthTokenQueryReply,
  type AppAuthTokenQueryRequest,
  appAuthTokenQueryRules,
} from './app-auth-token-query.ts'
import { type BillDownloadUrlReply, type BillDownloadUrlRequest, billDownloadUrlRules } from './bill-download-url.ts'
import { type HeartbeatReply, type HeartbeatRequest, heartbeatRules } from './heartbeat.ts'
import { type TradeOrderSettleReply, type TradeOrderSettleRequest, tradeOrderSettleRules } from './order-settle.ts'
import type { Rule } from './rules.ts'
import { type TradeCancelReply, type TradeCancelRequest, tradeCancelRules } from './trade-cancel.ts'
import { type TradeCloseReply, type TradeCloseRequest, tradeCloseRules } from './trade-close.ts'
import { type TradePayReply, type TradePayRequest, tradePayRules } from './trade-pay.ts'
import { type TradePrecreateReply, type TradePrecreateRequest, tradePrecreateRules } from './trade-precreate.ts'
import { type TradeQueryReply, type TradeQueryRequest, tradeQueryRules } from './trade-query.ts'
import { type TradeRefundReply, type TradeRefundRequest, tradeRefundRules } from './trade-refund.ts'
import {
  type TradeRefundQueryReply,
  type TradeRefundQueryRequest,
  tradeRefundQueryRules,
} from './trade-refund-query.ts'

/** What each API takes: the `biz_content`, with wire names. */
export interface ApiRequests {
  readonly pay: TradePayRequest
  readonly precreate: TradePrecreateRequest
  readonly query: TradeQueryRequest
  readonly cancel: TradeCancelRequest
  readonly close: TradeCloseRequest
  readonly refund: TradeRefundRequest
  readonly refundQuery: TradeRefundQueryRequest
  readonly billDownloadUrl: BillDownloadUrlRequest
  readonly appAuthToken: AppAuthTokenRequest
  readonly appAuthTokenQuery: AppAuthTokenQueryRequest
  readonly settle: TradeOrderSettleRequest
  readonly heartbeat: HeartbeatRequest
  readonly alipayCertDownload: AlipayCertDownloadRequest
}

/** What each API answers, with wire names. */
export interface ApiReplies {
  readonly pay: TradePayReply
  readonly precreate: TradePrecreateReply
  readonly query: TradeQueryReply
  readonly cancel: TradeCancelReply
  readonly close: TradeCloseReply
  readonly refund: TradeRefundReply
  readonly refundQuery: TradeRefundQueryReply
  readonly billDownloadUrl: BillDownloadUrlReply
  readonly appAuthToken: AppAuthTokenReply
  readonly appAuthTokenQuery: AppAuthTokenQueryReply
  readonly settle: TradeOrderSettleReply
  readonly heartbeat: HeartbeatReply
  readonly alipayCertDownload: AlipayCertDownloadReply
}

/** The name under which this toolkit knows an API. */
export type ApiName = keyof ApiRequests

/** One API of Alipay. */
export interface Api {
  /** Alipay's name, such as `alipay.trade.pay`. */
  readonly method: string
  /** True when a lost answer can mean that money moved. */
  readonly movesMoney: boolean
  /** What its request must look like; see `checkRequest`. */
  readonly rules: Rule
}

/** Every API this toolkit knows by type. */
export const APIS = {
  pay: { method: 'alipay.trade.pay', movesMoney: true, rules: tradePayRules },
  precreate: { method: 'alipay.trade.precreate', movesMoney: false, rules: tradePrecreateRules },
  query: { method: 'alipay.trade.query', movesMoney: false, rules: tradeQueryRules },
  cancel: { method: 'alipay.trade.cancel', movesMoney: true, rules: tradeCancelRules },
  close: { method: 'alipay.trade.close', movesMoney: false, rules: tradeCloseRules },
  refund: { method: 'alipay.trade.refund', movesMoney: true, rules: tradeRefundRules },
  refundQuery: { method: 'alipay.trade.fastpay.refund.query', movesMoney: false, rules: tradeRefundQueryRules },
  billDownloadUrl: {
    method: 'alipay.data.dataservice.bill.downloadurl.query',
    movesMoney: false,
    rules: billDownloadUrlRules,
  },
  appAuthToken: { method: 'alipay.open.auth.token.app', movesMoney: false, rules: appAuthTokenRules },
  appAuthTokenQuery: { method: 'alipay.open.auth.token.app.query', movesMoney: false, rules: appAuthTokenQueryRules },
  settle: { method: 'alipay.trade.order.settle', movesMoney: true, rules: tradeOrderSettleRules },
  heartbeat: { method: 'monitor.heartbeat.syn', movesMoney: false, rules: heartbeatRules },
  alipayCertDownload: {
    method: 'alipay.open.app.alipaycert.download',
    movesMoney: false,
    rules: alipayCertDownloadRules,
  },
} as const satisfies Record<ApiName, Api>

export type { AppAuthToken } from './app-auth-token.ts'
export type { BillType } from './bill-download-url.ts'
export type { GoodsDetail, GoodsMembers } from './goods.ts'
export type { HeartbeatTrade } from './heartbeat.ts'
export type { OrderRequest } from './order.ts'
export type { BusinessParams, ExtendParams, SettleDetailInfo, SettleInfo, SubMerchant } from './order-params.ts'
export type { SettleExtendParams } from './order-settle.ts'
export type {
  BuyerMembers,
  Documented,
  OpenMembers,
  PaidMembers,
  Reply,
  ReplyCode,
  TradeFundBill,
  VoucherDetail,
} from './reply.ts'
export type { RoyaltyDetail, RoyaltyMembers } from './royalty.ts'
export { checkRequest } from './rules.ts'
export {
  classifyCancelRefusal,
  classifyPayRefusal,
  classifyQueryRefusal,
  classifyRefundRefusal,
  describeSubCode,
  normalizeSubCode,
  type SubCodeClass,
  type SubCodeDescription,
} from './sub-codes.ts'
export type { TradeCloseMembers } from './trade-close.ts'
export type { TradeId } from './trade-id.ts'
export type { PromoParams } from './trade-pay.ts'
export type { TradeQueryMembers, TradeSettleInfo, TradeStatus } from './trade-query.ts'
export type { RefundChargeInfo, RefundGoodsDetail, TradeRefundMembers } from './trade-refund.ts'
export type { DepositBackInfo, RefundRoyaltyResult, TradeRefundQueryMembers } from './trade-refund-query.ts'
export type {
  AlipayCertDownloadReply,
  AlipayCertDownloadRequest,
  AppAuthTokenQueryReply,
  AppAuthTokenQueryRequest,
  AppAuthTokenReply,
  AppAuthTokenRequest,
  BillDownloadUrlReply,
  BillDownloadUrlRequest,
  HeartbeatReply,
  HeartbeatRequest,
  TradeCancelReply,
  TradeCancelRequest,
  TradeCloseReply,
  TradeCloseRequest,
  TradeOrderSettleReply,
  TradeOrderSettleRequest,
  TradePayReply,
  TradePayRequest,
  TradePrecreateReply,
  TradePrecreateRequest,
  TradeQueryReply,
  TradeQueryRequest,
  TradeRefundQueryReply,
  TradeRefundQueryRequest,
  TradeRefundReply,
  TradeRefundRequest,
}
