import { defineCommand } from '../../command.ts'
import { STORE_OPTIONS } from '../../config/names.ts'
import { EXIT } from '../../exit.ts'
import { text } from '../../text.ts'
import { TERMINAL_ARGUMENT } from './grant-options.ts'
import { withTills } from './till-books.ts'

export const tokenRevoke = defineCommand({
  name: 'token revoke',
  about: text('吊销终端：密钥、注册码和已签发的令牌', 'end a till: its key, its codes, every token it has'),
  more: text(
    '后端立即拒绝该终端，前提是它使用同一数据库的吊销列表（store.terminals()）。可重复执行；终端可以重新登记。',
    'The back end refuses the till from now on, if it asks the same store (store.terminals()). May be repeated; the till can be enrolled again.',
  ),
  arguments: [TERMINAL_ARGUMENT],
  options: STORE_OPTIONS,
  examples: ['f2f token revoke T1'],
  async run(call) {
    const { args, output } = call
    const [terminalId = ''] = args
    const wasEnrolled = await withTills(call, async ({ desk, list }) => {
      const tills = await list()
      await desk.revoke(terminalId)
      return tills.some(({ grant }) => grant.terminalId === terminalId)
    })
    output.result({ terminalId, wasEnrolled }, () => [
      `${output.color.green('✓')} ${output.say(text(`${terminalId} 已吊销`, `${terminalId} is revoked`))}`,
    ])
    if (!wasEnrolled)
      output.note(
        text(
          '该终端没有登记过；它的令牌（如有）已失效',
          'It was not enrolled; tokens of that name, if any, have ended.',
        ),
      )
    return EXIT.ok
  },
})
