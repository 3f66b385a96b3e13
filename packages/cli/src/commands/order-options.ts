import type { Flags, Option } from '../command.ts'
import { wholeNumber } from '../numbers.ts'
import { text } from '../text.ts'

/** What is bought, and where. */
export const ORDER_OPTIONS = {
  subject: { type: 'string', value: 'text', about: text('商品名称（默认 f2f）', 'what is bought (default f2f)') },
  'out-trade-no': {
    type: 'string',
    value: 'number',
    about: text('商户订单号，唯一（默认自动生成）', 'your number, unique for ever (default: a new one)'),
  },
  'store-id': { type: 'string', value: 'id', about: text('门店号', 'store') },
  'terminal-id': { type: 'string', value: 'id', about: text('终端号', 'terminal') },
  'operator-id': { type: 'string', value: 'id', about: text('操作员号', 'operator') },
  within: {
    type: 'string',
    value: 'seconds',
    about: text('买家付款时限（默认 60 秒）', 'how long the buyer has (default 60)'),
  },
} as const satisfies Record<string, Option>

const LONGEST = 15 * 24 * 3_600 - 60

/** The order's members, in the cashier's names. */
export const orderOf = (flags: Flags<typeof ORDER_OPTIONS>, totalAmount: string) => ({
  totalAmount,
  subject: flags.subject ?? 'f2f',
  storeId: flags['store-id'],
  terminalId: flags['terminal-id'],
  operatorId: flags['operator-id'],
  payWithin: flags.within === undefined ? undefined : wholeNumber('within', flags.within, 1, LONGEST) * 1_000,
})
