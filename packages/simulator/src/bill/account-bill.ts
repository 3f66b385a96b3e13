import { beijingTimestamp } from '@f2f/core'
import { groupBy } from './group-by.ts'
import type { Movement } from './movements.ts'
import { cell, type Sheet, signedYuan, sum, tabbed } from './sheet.ts'
import type { SheetFrame } from './trade-bill.ts'

const DETAIL_COLUMNS =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,' +
  '交易渠道,业务类型,备注'

const SUMMARY_COLUMNS = '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）'

const detailRow = ({ serial, trade, at, amount, balance, kind }: Movement): string =>
  [
    tabbed(serial),
    tabbed(trade.tradeNo),
    tabbed(trade.outTradeNo),
    tabbed(trade.subject),
    beijingTimestamp(at),
    tabbed(`${trade.buyer.name}(${trade.buyer.logonId})`),
    signedYuan(Math.max(0, amount)),
    signedYuan(Math.min(0, amount)),
    signedYuan(balance),
    '支付宝',
    kind,
    cell(trade.body),
  ].join(',')

/** Count and sum of the movements in one direction. */
const tally = (movements: readonly Movement[], isMeant: (amount: number) => boolean) => {
  const amounts = movements.map(({ amount }) => amount).filter(isMeant)
  return { count: amounts.length, amount: signedYuan(sum(amounts)) }
}

const incoming = (movements: readonly Movement[]) => tally(movements, (amount) => amount > 0)
const outgoing = (movements: readonly Movement[]) => tally(movements, (amount) => amount < 0)

/** 账务明细: one row for each change of the account (protocol §9.3). */
export const accountDetail = (frame: SheetFrame, movements: readonly Movement[]): Sheet => {
  const [out, income] = [outgoing(movements), incoming(movements)]
  return {
    ...frame,
    title: '账务明细',
    columns: DETAIL_COLUMNS,
    rows: movements.map(detailRow),
    footers: [`#支出合计：${out.count}笔，共${out.amount}元`, `#收入合计：${income.count}笔，共${income.amount}元`],
  }
}

const summaryRow = (label: string, movements: readonly Movement[]): string => {
  const [out, income] = [outgoing(movements), incoming(movements)]
  const total = signedYuan(sum(movements.map(({ amount }) => amount)))
  return [label, income.count, income.amount, out.count, out.amount, total].join(',')
}

/** 账务汇总: one row for each kind of change, then the total (protocol §9.3). */
export const accountSummary = (frame: SheetFrame, movements: readonly Movement[]): Sheet => {
  const kinds = groupBy(movements, ({ kind }) => kind)
  return {
    ...frame,
    title: '账务汇总',
    columns: SUMMARY_COLUMNS,
    rows: [...kinds.map(([kind, rows]) => summaryRow(kind, rows)), summaryRow('合计', movements)],
    footers: [],
  }
}
