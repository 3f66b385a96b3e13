/** `trade`: every payment and refund. `signcustomer`: every movement of the merchant's balance. */
export type ReadableBillType = 'trade' | 'signcustomer'

/** What the first lines of a bill say. */
export interface BillHead {
  readonly type: ReadableBillType
  /** As in the file: the 16-digit account number (PID) and `0156`. Undefined when the file does not say. */
  readonly account: string | undefined
  /** First instant of the period; undefined when the file does not say. */
  readonly from: Date | undefined
  /** First instant after the period. */
  readonly to: Date | undefined
}

/** Cells of columns this package does not know, by the column's name in the file. */
export type UnknownColumns = Readonly<Record<string, string>>

/** One payment or refund of a `trade` bill. Amounts are whole fen; of a refund they are negative, whatever the file has. */
export interface TradeRow {
  readonly bill: 'trade'
  /** `other`: a kind of business this package does not know; `businessType` names it. */
  readonly kind: 'payment' | 'refund' | 'other'
  /** Line in the file, from 1. */
  readonly line: number
  readonly tradeNo: string
  readonly outTradeNo: string
  /** As in the file, such as `交易` or `退款`. */
  readonly businessType: string
  readonly subject: string
  /** When the trade was created; of a refund, too. */
  readonly createdAt: Date | undefined
  /** When the money moved. */
  readonly finishedAt: Date
  readonly storeId: string
  readonly storeName: string
  readonly operatorId: string
  readonly terminalId: string
  /** The buyer, masked by Alipay. */
  readonly counterparty: string
  /** 订单金额. */
  readonly orderAmount: number
  /** 商家实收. */
  readonly receiptAmount: number
  /** 支付宝红包. */
  readonly alipayRedPacket: number
  /** 集分宝. */
  readonly jifenbao: number
  /** 支付宝优惠. */
  readonly alipayDiscount: number
  /** 商家优惠. */
  readonly merchantDiscount: number
  /** 券核销金额. */
  readonly couponAmount: number
  /** 券名称. */
  readonly couponName: string
  /** 商家红包消费金额. */
  readonly merchantRedPacket: number
  /** 卡消费金额. */
  readonly cardAmount: number
  /** 退款批次号/请求号; empty for payments. */
  readonly outRequestNo: string
  /** 服务费, sign as in the file: negative when the merchant pays it. */
  readonly serviceFee: number
  /** 分润, sign as in the file. */
  readonly royalty: number
  readonly remark: string
  readonly extra: UnknownColumns
}

/** One movement of a `signcustomer` bill. Amounts are whole fen. */
export interface AccountRow {
  readonly bill: 'signcustomer'
  /** Line in the file, from 1. */
  readonly line: number
  /** 账务流水号. */
  readonly serialNo: string
  /** 业务流水号: of a payment, its trade number. */
  readonly businessNo: string
  readonly outTradeNo: string
  readonly subject: string
  readonly at: Date
  readonly counterparty: string
  /** Never negative. */
  readonly income: number
  /** Never negative, whatever sign the file has. */
  readonly expense: number
  /** The account after it; undefined when the file does not say. */
  readonly balance: number | undefined
  readonly channel: string
  /** As in the file, such as `在线支付` or `交易退款`. */
  readonly businessType: string
  readonly remark: string
  readonly extra: UnknownColumns
}

export type BillRow = TradeRow | AccountRow

/** One line of a `trade` bill's summary. Amounts are whole fen with the file's signs. */
export interface TradeSummaryRow {
  readonly bill: 'trade'
  /** The 合计 line. */
  readonly isTotal: boolean
  readonly storeId: string
  readonly storeName: string
  readonly payments: number
  readonly refunds: number
  readonly orderAmount: number
  readonly receiptAmount: number
  readonly serviceFee: number
  readonly netAmount: number
}

/** One line of a `signcustomer` bill's summary. Amounts are whole fen. */
export interface AccountSummaryRow {
  readonly bill: 'signcustomer'
  /** The 合计 line. */
  readonly isTotal: boolean
  readonly businessType: string
  readonly incomes: number
  readonly income: number
  readonly expenses: number
  /** Never negative. */
  readonly expense: number
}

export type SummaryRow = TradeSummaryRow | AccountSummaryRow
