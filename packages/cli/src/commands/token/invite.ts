import { defineCommand } from '../../command.ts'
import { STORE_OPTIONS } from '../../config/names.ts'
import { EXIT } from '../../exit.ts'
import { wholeNumber } from '../../numbers.ts'
import { text } from '../../text.ts'
import { GRANT_OPTIONS, grantOf, TERMINAL_ARGUMENT } from './grant-options.ts'
import { withTills } from './till-books.ts'

export const tokenInvite = defineCommand({
  name: 'token invite',
  about: text('生成终端的一次性注册码', 'make a one-time code that enrols a till'),
  more: text(
    '注册码写入后端的数据库（只存哈希），只显示这一次，交给安装终端的人：终端用它登记自己的密钥，之后自行续期令牌。',
    "The code goes into the back end's store, as a hash, and is shown this once, for whoever sets up the till: with it the till registers a key of its own, and gets its tokens by that from then on.",
  ),
  arguments: [TERMINAL_ARGUMENT],
  options: {
    ttl: { type: 'string', value: 'seconds', about: text('有效期（默认 600）', 'how long it is valid (default 600)') },
    ...GRANT_OPTIONS,
    ...STORE_OPTIONS,
  },
  examples: ['f2f token invite T1 --store-id S1 --scopes pay,refund --refund-limit 200'],
  async run(call) {
    const { args, flags, output } = call
    const ttl = wholeNumber('ttl', flags.ttl ?? '600', 1, 86_400) * 1_000
    const grant = grantOf(flags, args[0])
    const { code, expiresAt } = await withTills(call, ({ desk }) => desk.invite(grant), ttl)
    output.result({ terminalId: grant.terminalId, code, expiresAt }, () => [
      `${output.color.bold(code)}  ${output.say(text('有效至', 'until'))} ${expiresAt.toISOString()}`,
    ])
    return EXIT.ok
  },
})
