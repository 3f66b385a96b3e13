import { signedYuan } from '../amount.ts'
import { badBill } from './failure.ts'
import { type Footer, readFooter } from './footer.ts'
import { Tally } from './tally.ts'
import type { AccountRow, AccountSummaryRow, BillRow, SummaryRow, TradeRow, TradeSummaryRow } from './types.ts'

/** Adds the rows of a bill up and holds them against what the bill itself says of them. */
export interface Totals<Row extends BillRow, Summary extends SummaryRow> {
  add(row: Row): void
  /**
   * Against the lines after the list of one sheet.
   *
   * @throws F2fError `BILL_TOTALS_MISMATCH`
   */
  checkFoot(lines: readonly string[]): void
  /**
   * Against the summary sheet.
   *
   * @throws F2fError `BILL_TOTALS_MISMATCH`
   */
  checkSummary(rows: readonly Summary[]): void
}

const size = Math.abs

const says = (footer: Footer, { count, amount, discount }: Tally): boolean =>
  footer.count === count &&
  size(footer.amount) === size(amount) &&
  (footer.discount === undefined || size(footer.discount) === size(discount))

const refuseFoot = (of: Footer['of'], footer: Footer | undefined, { count, amount }: Tally) =>
  badBill(
    'BILL_TOTALS_MISMATCH',
    footer === undefined
      ? `The bill has rows but no line ${of}合计.`
      : `The bill's ${of}合计 says ${footer.count} rows and ${signedYuan(footer.amount)} yuan; there are ${count} and ${signedYuan(amount)}.`,
    { total: `${of}合计`, saysCount: footer?.count, saysFen: footer?.amount, rows: count, fen: amount },
  )

const checkFooter = (footers: readonly Footer[], of: Footer['of'], tallies: readonly Tally[]): void => {
  const own = footers.filter((footer) => footer.of === of)
  const [main = new Tally()] = tallies
  if (own.length === 0 && main.count > 0) throw refuseFoot(of, undefined, main)
  const wrong = own.find((footer) => !tallies.some((tally) => says(footer, tally)))
  if (wrong !== undefined) throw refuseFoot(of, wrong, main)
}

const refuseSummary = (what: string, says: number, is: number) =>
  badBill('BILL_TOTALS_MISMATCH', `The bill's summary says ${says} ${what}; there are ${is}.`, {
    total: what,
    says,
    is,
  })

const checkSum = (what: string, saysIt: number, is: number): void => {
  if (size(saysIt) !== size(is)) throw refuseSummary(what, saysIt, is)
}

const sumOf = <Row>(rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0)

/** The 合计 line must be the sum of the lines above it. */
const checkTotalLine = <Row extends SummaryRow>(
  rows: readonly Row[],
  values: Readonly<Record<string, (row: Row) => number>>,
): readonly Row[] => {
  const lines = rows.filter(({ isTotal }) => !isTotal)
  const total = rows.find(({ isTotal }) => isTotal)
  for (const [what, value] of Object.entries(values)) {
    if (total !== undefined) checkSum(what, value(total), sumOf(lines, value))
  }
  return lines
}

/** Protocol §9.1, §9.2. */
export const tradeTotals = (): Totals<TradeRow, TradeSummaryRow> => {
  const sheet = { payment: new Tally(), refund: new Tally(), other: new Tally() }
  const whole = { payments: 0, refunds: 0, others: 0 }
  return {
    add({ kind, receiptAmount, merchantDiscount }) {
      sheet[kind].add(receiptAmount, merchantDiscount)
    },
    checkFoot(lines) {
      const { payment, refund, other } = sheet
      const footers = lines.map(readFooter).filter((footer) => footer !== undefined)
      // Nobody documents where rows of another kind are counted.
      checkFooter(footers, '交易', [payment, payment.plus(other)])
      checkFooter(footers, '退款', [refund, refund.plus(other)])
      whole.payments += payment.count
      whole.refunds += refund.count
      whole.others += other.count
      Object.assign(sheet, { payment: new Tally(), refund: new Tally(), other: new Tally() })
    },
    checkSummary(rows) {
      const lines = checkTotalLine(rows, {
        交易订单总笔数: ({ payments }) => payments,
        退款订单总笔数: ({ refunds }) => refunds,
        订单金额: ({ orderAmount }) => orderAmount,
        商家实收: ({ receiptAmount }) => receiptAmount,
      })
      if (whole.others > 0) return
      checkSum(
        '交易订单总笔数',
        sumOf(lines, ({ payments }) => payments),
        whole.payments,
      )
      checkSum(
        '退款订单总笔数',
        sumOf(lines, ({ refunds }) => refunds),
        whole.refunds,
      )
    },
  }
}

/** Protocol §9.3. */
export const accountTotals = (): Totals<AccountRow, AccountSummaryRow> => {
  const sheet = { income: new Tally(), expense: new Tally(), nothing: new Tally() }
  const whole = { income: 0, expense: 0 }
  return {
    add({ income, expense }) {
      if (income !== 0) sheet.income.add(income)
      if (expense !== 0) sheet.expense.add(expense)
      if (income === 0 && expense === 0) sheet.nothing.add(0)
    },
    checkFoot(lines) {
      const { income, expense, nothing } = sheet
      const footers = lines.map(readFooter).filter((footer) => footer !== undefined)
      // Nobody documents where a movement of nothing is counted.
      checkFooter(footers, '收入', [income, income.plus(nothing)])
      checkFooter(footers, '支出', [expense, expense.plus(nothing)])
      whole.income += income.amount
      whole.expense += expense.amount
      Object.assign(sheet, { income: new Tally(), expense: new Tally(), nothing: new Tally() })
    },
    checkSummary(rows) {
      const lines = checkTotalLine(rows, {
        收入笔数: ({ incomes }) => incomes,
        收入金额: ({ income }) => income,
        支出笔数: ({ expenses }) => expenses,
        支出金额: ({ expense }) => expense,
      })
      checkSum(
        '收入金额',
        sumOf(lines, ({ income }) => income),
        whole.income,
      )
      checkSum(
        '支出金额',
        sumOf(lines, ({ expense }) => expense),
        whole.expense,
      )
    },
  }
}
