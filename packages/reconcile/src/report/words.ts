import type { Bucket } from '../compare/buckets.ts'
import { REASONS, type Reason, type RepairAction } from '../compare/suggestion.ts'

/** The language of a report. */
export type ReportLocale = 'en' | 'zh'

export interface Words {
  readonly buckets: Readonly<Record<Bucket, string>>
  readonly kinds: Readonly<Record<'payment' | 'refund' | 'other', string>>
  readonly actions: Readonly<Record<RepairAction, string>>
  readonly reasons: Readonly<Record<Reason, string>>
  readonly title: string
  readonly account: string
  readonly clean: string
  readonly unclean: (count: number) => string
  readonly omitted: (count: number) => string
  readonly waiting: (count: number) => string
  readonly nothing: (count: number) => string
  readonly ignored: (count: number) => string
  readonly differences: string
  readonly summary: string
  readonly byHour: string
  readonly hourTitle: (hour: number, payments: string, refunds: string, differences: number) => string
  readonly count: string
  readonly alipay: string
  readonly ours: string
  readonly total: string
  readonly columns: {
    readonly bucket: string
    readonly kind: string
    readonly outTradeNo: string
    readonly outRequestNo: string
    readonly tradeNo: string
    readonly billAmount: string
    readonly billReceipt: string
    readonly billTime: string
    readonly ourAmount: string
    readonly ourStatus: string
    readonly ourTime: string
    readonly fee: string
    readonly expectedFee: string
    readonly storeId: string
    readonly terminalId: string
    readonly subject: string
    readonly action: string
    readonly why: string
    readonly id: string
  }
}

const EN: Words = {
  buckets: {
    matched: 'matched',
    onlyAlipay: 'only at Alipay',
    onlyOurs: 'only with us',
    amountDiffers: 'amount differs',
    statusDiffers: 'status differs',
    feeUnexpected: 'fee unexpected',
    duplicate: 'duplicate',
  },
  kinds: { payment: 'payment', refund: 'refund', other: 'other' },
  actions: { query: 'query', refund: 'refund', deliver: 'deliver', ask: 'ask a person' },
  reasons: REASONS,
  title: 'Reconciliation',
  account: 'account',
  clean: 'No differences.',
  unclean: (count) => `${count} differences.`,
  omitted: (count) => `${count} more differences are counted but not listed.`,
  waiting: (count) => `${count} near midnight wait for the next bill.`,
  nothing: (count) => `${count} payments or refunds of ours moved no money, and the bill has none.`,
  ignored: (count) => `${count} bill rows belong to other systems.`,
  differences: 'Differences',
  summary: 'Summary',
  byHour: 'By hour',
  hourTitle: (hour, payments, refunds, differences) =>
    `${hour}:00 payments ${payments}, refunds ${refunds}, differences ${differences}`,
  count: 'count',
  alipay: 'Alipay, yuan',
  ours: 'ours, yuan',
  total: 'total',
  columns: {
    bucket: 'difference',
    kind: 'kind',
    outTradeNo: 'order number',
    outRequestNo: 'refund number',
    tradeNo: 'Alipay trade number',
    billAmount: 'Alipay amount',
    billReceipt: 'Alipay receipt',
    billTime: 'Alipay time',
    ourAmount: 'our amount',
    ourStatus: 'our status',
    ourTime: 'our time',
    fee: 'fee',
    expectedFee: 'expected fee',
    storeId: 'store',
    terminalId: 'terminal',
    subject: 'subject',
    action: 'suggestion',
    why: 'why',
    id: 'id',
  },
}

const ZH: Words = {
  buckets: {
    matched: '一致',
    onlyAlipay: '长款（仅支付宝有）',
    onlyOurs: '短款（仅我方有）',
    amountDiffers: '金额不符',
    statusDiffers: '状态不符',
    feeUnexpected: '手续费异常',
    duplicate: '重复',
  },
  kinds: { payment: '交易', refund: '退款', other: '其他' },
  actions: { query: '查询', refund: '退款', deliver: '补发货', ask: '人工处理' },
  reasons: {
    orderUnknown: '支付宝已收款，我方账中没有此订单号，可能属于其他系统。',
    refundUnknown: '支付宝已退款，我方账中没有此退款，可能是在商家平台操作的。',
    kindUnknown: '我方账中没有这类业务。',
    paymentMissing: '我方记为已收款，支付宝没有。',
    refundMissing: '我方记为已退款，支付宝没有。',
    amounts: '双方都有，但金额不同。',
    fee: '手续费与约定不符。',
    paidUnnoticed: '顾客已付款，我方尚不知道。',
    paidButClosed: '支付宝已收款，我方记为未付款；若不补发货，应当退款。',
    takenAndReturned: '支付宝收款后已退回，我方记为未付款。',
    refundUnnoticed: '支付宝已退款，我方尚未记账。',
    paidTwice: '同一订单号，顾客付了两次。',
    rowTwice: '账单中同一行出现两次。',
    bookedTwice: '我方账中重复。',
  },
  title: '对账',
  account: '账号',
  clean: '没有差异。',
  unclean: (count) => `${count} 笔差异。`,
  omitted: (count) => `另有 ${count} 笔差异只计数、未列出。`,
  waiting: (count) => `${count} 笔临近零点，等待次日账单。`,
  nothing: (count) => `我方 ${count} 笔没有资金变动，账单中也没有。`,
  ignored: (count) => `${count} 行账单属于其他系统。`,
  differences: '差异',
  summary: '汇总',
  byHour: '按小时',
  hourTitle: (hour, payments, refunds, differences) =>
    `${hour} 时 交易 ${payments}，退款 ${refunds}，差异 ${differences}`,
  count: '笔数',
  alipay: '支付宝（元）',
  ours: '我方（元）',
  total: '合计',
  columns: {
    bucket: '差异',
    kind: '类型',
    outTradeNo: '商户订单号',
    outRequestNo: '退款请求号',
    tradeNo: '支付宝交易号',
    billAmount: '支付宝金额',
    billReceipt: '商家实收',
    billTime: '支付宝时间',
    ourAmount: '我方金额',
    ourStatus: '我方状态',
    ourTime: '我方时间',
    fee: '服务费',
    expectedFee: '应收服务费',
    storeId: '门店',
    terminalId: '终端',
    subject: '商品名称',
    action: '建议',
    why: '原因',
    id: '编号',
  },
}

export const WORDS: Readonly<Record<ReportLocale, Words>> = { en: EN, zh: ZH }
