import { beijingTimestamp, type Payment, type PaymentStatus } from '@f2f/core'
import { defineCommand } from '../command.ts'
import { STORE_OPTIONS } from '../config/names.ts'
import { readSettings } from '../config/settings.ts'
import { dayOf } from '../days.ts'
import { EXIT } from '../exit.ts'
import { plain } from '../harmless.ts'
import { wholeNumber } from '../numbers.ts'
import { Problem } from '../problem.ts'
import { coloured, paymentJson, STATUS } from '../shop/show.ts'
import { openStore, storePlace } from '../shop/store.ts'
import { text } from '../text.ts'

const UNFINISHED: readonly PaymentStatus[] = ['created', 'paying', 'confirming', 'cancelling']

const isStatus = (value: string): value is PaymentStatus => Object.hasOwn(STATUS, value)

const statusesOf = (given: string | undefined): PaymentStatus[] | undefined =>
  given?.split(',').map((one) => {
    if (isStatus(one)) return one
    const names = Object.keys(STATUS).join(', ')
    throw new Problem('USAGE', text(`--status 只能是 ${names}。`, `--status is some of ${names}.`))
  })

export const list = defineCommand({
  name: 'list',
  about: text('列出库中的付款，最新在前', 'list payments of the store, newest first'),
  more: text('时间为北京时间；--json 为 UTC。', 'Times are of Beijing; with --json they are UTC.'),
  arguments: [],
  options: {
    day: { type: 'string', value: 'yyyy-MM-dd', about: text('某一天（北京时间）', 'of that day, Beijing time') },
    status: { type: 'string', value: 'a,b', about: text('状态', 'with one of these') },
    'store-id': { type: 'string', value: 'id', about: text('门店号', 'of that store') },
    unfinished: { type: 'boolean', about: text('只列未完成的', 'only what is not settled') },
    limit: { type: 'string', value: 'n', about: text('最多几笔（默认 50）', 'at most (default 50)') },
    ...STORE_OPTIONS,
  },
  examples: ['f2f list --day 2026-01-01 --status paid', 'f2f list --unfinished --json'],
  async run({ flags, context, output }) {
    const limit = wholeNumber('limit', flags.limit ?? '50', 1, 1_000_000)
    const day = flags.day === undefined ? undefined : dayOf(flags.day)
    const status = flags.unfinished === true ? UNFINISHED : statusesOf(flags.status)
    const store = await openStore(await storePlace(await readSettings({ flags, context })))
    try {
      const payments: Payment[] = []
      const filter = { ...day, status, storeId: flags['store-id'], limit }
      for await (const payment of store.list(filter)) payments.push(payment)
      output.result({ payments: payments.map(paymentJson) }, () =>
        payments.map((payment) => {
          const { createdAt, outTradeNo, totalAmount, subject } = payment
          const when = output.color.dim(beijingTimestamp(createdAt.getTime()))
          return `${when}  ${outTradeNo}  ¥${totalAmount}  ${coloured(output, payment.status)}  ${plain(subject)}`
        }),
      )
      return EXIT.ok
    } finally {
      await store.close()
    }
  },
})
