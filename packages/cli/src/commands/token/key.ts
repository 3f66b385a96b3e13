import { resolve } from 'node:path'
import { generateSigningKey } from '@f2f/terminal-auth'
import { defineCommand } from '../../command.ts'
import { EXIT } from '../../exit.ts'
import { PRIVATE, writeNew } from '../../files.ts'
import { text } from '../../text.ts'

export const tokenKey = defineCommand({
  name: 'token key',
  about: text('生成终端令牌的签发密钥', 'make the key that signs terminal tokens'),
  more: text(
    '写入 JWK 文件（Ed25519，权限 600），不覆盖已有文件，只显示密钥编号。',
    'Writes a JWK (Ed25519, mode 600), never over another file, and shows its id only.',
  ),
  arguments: [],
  options: {
    out: { type: 'string', value: 'file', about: text('文件（默认 token-key.json）', 'default token-key.json') },
  },
  examples: ['f2f token key --out keys/token-key.json'],
  async run({ flags, context, output }) {
    const path = resolve(context.cwd, flags.out ?? 'token-key.json')
    const key = await generateSigningKey()
    await writeNew(path, `${JSON.stringify(key)}\n`, PRIVATE)
    output.result({ file: path, kid: key.kid }, () => [`${output.color.green('✓')} ${path}  kid ${key.kid}`])
    return EXIT.ok
  },
})
