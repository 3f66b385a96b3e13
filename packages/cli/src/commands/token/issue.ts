import { resolve } from 'node:path'
import { defineCommand } from '../../command.ts'
import { readSettings } from '../../config/settings.ts'
import { EXIT } from '../../exit.ts'
import { PRIVATE, writeNew } from '../../files.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'
import { GRANT_OPTIONS, grantOf, ISSUER_OPTIONS, openIssuer, TERMINAL_ARGUMENT } from './grant-options.ts'

export const tokenIssue = defineCommand({
  name: 'token issue',
  about: text('给没有自己密钥的终端签发令牌', 'issue a token to a till without a key of its own'),
  more: text(
    '令牌等同于终端本身，只写入 --out 文件（权限 600），不显示。',
    'Whoever has the token is the till: it goes to the file of --out (mode 600) and is never shown.',
  ),
  arguments: [TERMINAL_ARGUMENT],
  options: {
    out: {
      type: 'string',
      value: 'file',
      about: text('写入令牌的新文件（必填）', 'new file for the token (required)'),
    },
    ttl: { type: 'string', value: 'seconds', about: text('有效期（默认 600）', 'how long it is valid (default 600)') },
    ...GRANT_OPTIONS,
    ...ISSUER_OPTIONS,
  },
  examples: ['f2f token issue T1 --store-id S1 --scopes pay,refund --refund-limit 200 --out t1.token'],
  async run({ args, flags, context, output }) {
    if (flags.out === undefined)
      throw new Problem('USAGE', text('令牌不会显示，请给出 --out 文件。', 'A token is never shown: give --out.'))
    const issuer = await openIssuer(await readSettings({ flags, context }), context, flags.ttl)
    const { token, tokenId, expiresAt } = await issuer.issue(grantOf(flags, args[0]))
    const path = resolve(context.cwd, flags.out)
    await writeNew(path, `${token}\n`, PRIVATE)
    output.result({ file: path, tokenId, expiresAt }, () => [
      `${output.color.green('✓')} ${path}  ${tokenId}  ${expiresAt.toISOString()}`,
    ])
    return EXIT.ok
  },
})
