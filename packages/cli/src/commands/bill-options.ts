import { parseBeijing } from '@f2f/core'
import type { Option } from '../command.ts'
import { Problem } from '../problem.ts'
import type { BillKind } from '../shop/bills.ts'
import { text } from '../text.ts'

const BILL_TYPES: readonly BillKind[] = ['trade', 'signcustomer']

export const DATE_ARGUMENT = {
  name: 'date',
  about: text('日期 yyyy-MM-dd 或月份 yyyy-MM（北京时间）', 'a day yyyy-MM-dd or a month yyyy-MM, Beijing time'),
} as const

export const TYPE_OPTION = {
  type: 'string',
  value: BILL_TYPES.join('|'),
  about: text('trade 交易账单，signcustomer 账务账单（默认 trade）', 'of trades, or of the account (default trade)'),
} as const satisfies Option

/** @throws Problem `USAGE` */
export const billKind = (given = 'trade'): BillKind => {
  const kind = BILL_TYPES.find((one) => one === given)
  if (kind !== undefined) return kind
  throw new Problem('USAGE', text('--type 只能是 trade 或 signcustomer。', '--type is trade or signcustomer.'))
}

/** @throws Problem `USAGE` */
export const billDate = (given = ''): string => {
  const day = given.length === 'yyyy-MM'.length ? `${given}-01` : given
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && parseBeijing(`${day} 00:00:00`) !== undefined) return given
  throw new Problem('USAGE', text('日期格式为 yyyy-MM-dd 或 yyyy-MM。', 'The date is yyyy-MM-dd or yyyy-MM.'))
}
