import { createPublicKey, type KeyObject } from 'node:crypto'
import { resolve } from 'node:path'
import { defineCommand } from '../../command.ts'
import { EXIT } from '../../exit.ts'
import { PRIVATE, PUBLIC, writeNew } from '../../files.ts'
import { derBase64, describeKey } from '../../keys/describe-key.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'

const FORMS = {
  'pkcs8-pem': { kind: 'private', type: 'pkcs8', label: 'PRIVATE KEY' },
  'pkcs8-base64': { kind: 'private', type: 'pkcs8', label: undefined },
  'pkcs1-pem': { kind: 'private', type: 'pkcs1', label: 'RSA PRIVATE KEY' },
  'pkcs1-base64': { kind: 'private', type: 'pkcs1', label: undefined },
  'public-pem': { kind: 'public', type: 'spki', label: 'PUBLIC KEY' },
  'public-base64': { kind: 'public', type: 'spki', label: undefined },
} as const

type FormName = keyof typeof FORMS

const isForm = (name: string): name is FormName => Object.hasOwn(FORMS, name)

/** Alipay's Java tools want a private key as bare PKCS#8, others as PKCS#1; the console takes bare public keys. */
export const convertKey = (key: KeyObject, name: FormName): string => {
  const { kind, type, label } = FORMS[name]
  if (kind === 'private' && key.type !== 'private')
    throw new Problem('USAGE', text('文件里没有私钥，不能转换成私钥。', 'There is no private key in this file.'))
  const base64 = derBase64(kind === 'public' && key.type === 'private' ? createPublicKey(key) : key, type)
  if (label === undefined) return `${base64}\n`
  return `-----BEGIN ${label}-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`
}

export const keysConvert = defineCommand({
  name: 'keys convert',
  about: text('转换密钥格式', 'bring a key into another form'),
  more: text(
    '私钥只写入文件（权限 600），不会显示；公钥不给 --out 时显示出来。private → public 也可以。',
    'A private key goes to a file only (mode 600) and is never shown; a public key is shown without --out. From a private key the public one can be made.',
  ),
  arguments: [{ name: 'file', about: text('密钥文件', 'key file') }],
  options: {
    to: { type: 'string', value: Object.keys(FORMS).join('|'), about: text('目标格式', 'the form wanted') },
    out: { type: 'string', value: 'file', about: text('写入的新文件', 'the new file') },
  },
  examples: [
    'f2f keys convert app-private.pem --to pkcs1-pem --out app-private-pkcs1.pem',
    'f2f keys convert app-private.pem --to public-base64',
  ],
  async run({ flags, args, context, output }) {
    const { to = '', out } = flags
    if (!isForm(to)) {
      const names = Object.keys(FORMS).join(', ')
      throw new Problem('USAGE', text(`--to 必须是 ${names} 之一。`, `--to is one of ${names}.`))
    }
    const isPrivate = FORMS[to].kind === 'private'
    if (isPrivate && out === undefined)
      throw new Problem(
        'USAGE',
        text('私钥不会显示在屏幕上，请给出 --out 文件。', 'A private key is never shown: give --out.'),
      )
    const { key } = await describeKey(resolve(context.cwd, args[0] ?? ''))
    const converted = convertKey(key, to)
    if (out === undefined) {
      output.result({ form: to, key: converted.trim() }, () => [converted.trimEnd()])
      return EXIT.ok
    }
    const path = resolve(context.cwd, out)
    await writeNew(path, converted, isPrivate ? PRIVATE : PUBLIC)
    output.result({ form: to, file: path }, () => [`${output.color.green('✓')} ${path}`])
    return EXIT.ok
  },
})
