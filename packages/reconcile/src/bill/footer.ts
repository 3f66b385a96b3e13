import { readFen } from '../amount.ts'

/** What a line of totals after the list says. Amounts are fen. */
export interface Footer {
  readonly of: '交易' | '退款' | '支出' | '收入'
  readonly count: number
  /** The merchant's receipts, or the sum of the movements. */
  readonly amount: number
  /** 商家优惠; undefined when the line has none. */
  readonly discount: number | undefined
}

const FOOTER = /^#\s*(交易|退款|支出|收入)合计[：:]\s*([\d,]+)\s*笔(.*)$/
const AMOUNT = /共\s*([+-]?[\d,]+(?:\.\d+)?)\s*元/
const DISCOUNT = /商家优惠(?:退款)?共\s*([+-]?[\d,]+(?:\.\d+)?)\s*元/

const amountBy = (pattern: RegExp, text: string): number | undefined => {
  const digits = pattern.exec(text)?.[1]
  return digits === undefined ? undefined : readFen(digits.replaceAll(',', ''))
}

/** Reads a line after the end marker; undefined when it holds no totals. */
export const readFooter = (line: string): Footer | undefined => {
  const [, of, count = '', rest = ''] = FOOTER.exec(line) ?? []
  const amount = amountBy(AMOUNT, rest)
  if (of === undefined || amount === undefined) return undefined
  return {
    of: of as Footer['of'],
    count: Number(count.replaceAll(',', '')),
    amount,
    discount: amountBy(DISCOUNT, rest),
  }
}
