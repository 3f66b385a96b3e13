import { defineCommand } from '../../command.ts'
import { STORE_OPTIONS } from '../../config/names.ts'
import { EXIT } from '../../exit.ts'
import { text } from '../../text.ts'
import { withTills } from './till-books.ts'

export const tokenList = defineCommand({
  name: 'token list',
  about: text('列出已登记的终端', 'list the tills that are enrolled'),
  more: text(
    '没有自己密钥的终端（f2f token issue）不在其中。',
    'Tills without a key of their own (f2f token issue) are not among them.',
  ),
  arguments: [],
  options: STORE_OPTIONS,
  examples: ['f2f token list', 'f2f token list --json'],
  async run(call) {
    const { output } = call
    const tills = await withTills(call, ({ list }) => list())
    const views = tills.map(({ grant, enrolledAt }) => ({ ...grant, enrolledAt }))
    output.result({ terminals: views }, () =>
      views.map(({ terminalId, storeId, scopes, refundLimit, enrolledAt }) => {
        const limit = refundLimit === undefined ? '' : `  ¥${refundLimit}`
        const since = output.color.dim(enrolledAt.toISOString())
        return `${output.color.bold(terminalId)}  ${storeId}  ${scopes.join(',')}${limit}  ${since}`
      }),
    )
    if (views.length === 0) output.note(text('没有已登记的终端', 'No till is enrolled.'))
    return EXIT.ok
  },
})
