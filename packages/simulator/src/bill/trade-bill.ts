import { beijingTimestamp } from '@f2f/core'
import type { BillEntry } from './entries.ts'
import { groupBy } from './group-by.ts'
import { cell, type Sheet, signedYuan, sum, tabbed } from './sheet.ts'

/** What the sheets of one bill have in common. */
export type SheetFrame = Pick<Sheet, 'account' | 'period' | 'exportedAt'>

const DETAIL_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,' +
  '商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,' +
  '商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'

const SUMMARY_COLUMNS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,' +
  '卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）'

const NOTHING = '0.00'

const detailRow = ({ trade, refund, at, amount, fee }: BillEntry): string =>
  [
    tabbed(trade.tradeNo),
    tabbed(trade.outTradeNo),
    tabbed(refund === undefined ? '交易' : '退款'),
    cell(trade.subject),
    beijingTimestamp(trade.createdAt),
    beijingTimestamp(at),
    tabbed(trade.storeId),
    tabbed(trade.storeId),
    tabbed(trade.operatorId),
    tabbed(trade.terminalId),
    tabbed(`${trade.buyer.name}(${trade.buyer.logonId})`),
    signedYuan(amount),
    signedYuan(amount),
    ...Array<string>(5).fill(NOTHING),
    '',
    tabbed(NOTHING),
    NOTHING,
    tabbed(refund?.outRequestNo),
    signedYuan(fee),
    NOTHING,
    cell(trade.body),
  ].join(',')

const received = (entries: readonly BillEntry[]): string => signedYuan(sum(entries.map(({ amount }) => amount)))

const isPayment = ({ refund }: BillEntry): boolean => refund === undefined

/** 业务明细: one row for each payment and each refund (protocol §9.1). */
export const tradeDetail = (frame: SheetFrame, entries: readonly BillEntry[]): Sheet => {
  const payments = entries.filter(isPayment)
  const refunds = entries.filter((entry) => !isPayment(entry))
  return {
    ...frame,
    title: '业务明细',
    columns: DETAIL_COLUMNS,
    rows: entries.map(detailRow),
    footers: [
      `#交易合计：${payments.length}笔，商家实收共${received(payments)}元，商家优惠共${NOTHING}元`,
      `#退款合计：${refunds.length}笔，商家实收退款共${received(refunds)}元，商家优惠退款共${NOTHING}元`,
    ],
  }
}

const summaryRow = (label: string, entries: readonly BillEntry[]): string => {
  const payments = entries.filter(isPayment).length
  const fees = sum(entries.map(({ fee }) => fee))
  const net = sum(entries.map(({ amount }) => amount)) + fees
  return [
    tabbed(label),
    tabbed(label),
    payments,
    entries.length - payments,
    received(entries),
    received(entries),
    NOTHING,
    NOTHING,
    NOTHING,
    signedYuan(fees),
    NOTHING,
    signedYuan(net),
  ].join(',')
}

/** 业务汇总: one row for each store, then the total (protocol §9.2). */
export const tradeSummary = (frame: SheetFrame, entries: readonly BillEntry[]): Sheet => {
  const stores = groupBy(entries, ({ trade }) => trade.storeId ?? '')
  return {
    ...frame,
    title: '业务汇总',
    columns: SUMMARY_COLUMNS,
    rows: [...stores.map(([store, rows]) => summaryRow(store, rows)), summaryRow('合计', entries)],
    footers: [],
  }
}
