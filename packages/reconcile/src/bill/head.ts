import { parseBeijing } from '@f2f/core'
import { badBill } from './failure.ts'
import type { BillHead, ReadableBillType } from './types.ts'

/** Which of the four kinds of sheet a member is. */
export interface SheetTitle {
  readonly type: ReadableBillType
  readonly part: 'detail' | 'summary'
}

const TITLE = /^#支付宝(业务|账务)(明细|汇总)查询/
const ACCOUNT = /^#账号[：:]\s*\[([^\]]*)\]/
const DATE = String.raw`\[(\d{4})年(\d{2})月(\d{2})日 (\d{2}:\d{2}:\d{2})\]`
const PERIOD = new RegExp(String.raw`^#起始日期[：:]\s*${DATE}\s*终止日期[：:]\s*${DATE}`)

/** Reads the first line of a sheet; undefined when it is none. */
export const readTitle = (line: string): SheetTitle | undefined => {
  const [, business, part] = TITLE.exec(line) ?? []
  if (business === undefined) return undefined
  return { type: business === '业务' ? 'trade' : 'signcustomer', part: part === '明细' ? 'detail' : 'summary' }
}

const instant = (parts: readonly (string | undefined)[]): Date | undefined => {
  const [year, month, day, time] = parts
  return parseBeijing(`${year}-${month}-${day} ${time}`)
}

/** Reads the lines before the columns. */
export const readHead = (type: ReadableBillType, lines: readonly string[]): BillHead => {
  let account: string | undefined
  let from: Date | undefined
  let to: Date | undefined
  for (const line of lines) {
    account ??= ACCOUNT.exec(line)?.[1]?.trim()
    const period = PERIOD.exec(line)
    if (period === null) continue
    from = instant(period.slice(1, 5))
    to = instant(period.slice(5, 9))
    if (from === undefined || to === undefined)
      throw badBill('BILL_FORMAT', 'The bill names a day that does not exist.')
  }
  return { type, account, from, to }
}
