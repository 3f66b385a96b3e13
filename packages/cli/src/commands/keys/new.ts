import { join, resolve } from 'node:path'
import { parseKey } from '@f2f/core'
import { defineCommand } from '../../command.ts'
import { EXIT } from '../../exit.ts'
import { PRIVATE, refuseTaken, writeNew } from '../../files.ts'
import { derBase64 } from '../../keys/describe-key.ts'
import { newKeyPair } from '../../keys/key-pair.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'

const BITS = ['2048', '3072', '4096']
const NAME = /^[\w.-]{1,64}$/

export const keysNew = defineCommand({
  name: 'keys new',
  about: text('生成应用密钥对', "make the application's key pair"),
  more: text(
    '写入三个文件：私钥（PKCS#8 PEM，权限 600，不要发给任何人）、公钥 PEM，以及粘贴到开放平台「接口加签方式」的公钥文本。从不覆盖已有文件。',
    'Writes three files: the private key (PKCS#8 PEM, mode 600, for nobody else), the public key as PEM, and the public key as the Alipay console wants it pasted. Nothing is ever overwritten.',
  ),
  arguments: [],
  options: {
    dir: { type: 'string', value: 'folder', about: text('文件夹（默认当前）', 'folder (default: here)') },
    name: {
      type: 'string',
      value: 'name',
      about: text('文件名前缀（默认 app）', 'what the names begin with (default app)'),
    },
    bits: { type: 'string', value: '2048|3072|4096', about: text('位数（默认 2048）', 'default 2048') },
  },
  examples: ['f2f keys new', 'f2f keys new --dir keys --name shop --json'],
  async run({ flags, context, output }) {
    const { name = 'app', bits = '2048' } = flags
    if (!BITS.includes(bits))
      throw new Problem('USAGE', text('--bits 只能是 2048、3072 或 4096。', '--bits is 2048, 3072 or 4096.'))
    if (!NAME.test(name))
      throw new Problem('USAGE', text('--name 只能含字母、数字、_ . -', '--name has letters, digits, _ . - only.'))
    const dir = resolve(context.cwd, flags.dir ?? '.')
    const path = (end: string) => join(dir, `${name}-${end}`)
    const files = { private: path('private.pem'), public: path('public.pem'), console: path('public-console.txt') }
    await refuseTaken(...Object.values(files))
    output.progress(text('正在生成密钥…', 'Making the keys…'))
    const { privateKey, publicKey } = await newKeyPair(Number(bits))
    const forConsole = derBase64(parseKey(publicKey, 'public'), 'spki')
    await writeNew(files.private, privateKey, PRIVATE)
    await writeNew(files.public, publicKey)
    await writeNew(files.console, `${forConsole}\n`)
    output.result({ files, bits: Number(bits), publicKey: forConsole }, () => [
      `${output.color.green('✓')} ${files.private} ${output.color.dim(output.say(text('私钥，权限 600', 'private, mode 600')))}`,
      `${output.color.green('✓')} ${files.public}`,
      `${output.color.green('✓')} ${files.console}`,
      '',
      output.say(
        text('粘贴到开放平台控制台的应用公钥：', 'The application public key (应用公钥) to paste into the console:'),
      ),
      '',
      forConsole,
      '',
      output.say(
        text(
          '控制台随后显示「支付宝公钥」：保存它，作为 alipayPublicKeyFile。不要把上面这个应用公钥当作支付宝公钥。',
          "The console then shows Alipay's public key (支付宝公钥): save that as alipayPublicKeyFile, not the one above.",
        ),
      ),
    ])
    return EXIT.ok
  },
})
