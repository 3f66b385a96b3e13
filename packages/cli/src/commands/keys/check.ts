import { resolve } from 'node:path'
import { isOwnPublicKey } from '@f2f/core'
import { defineCommand } from '../../command.ts'
import { EXIT } from '../../exit.ts'
import { describeKey, type KeyFacts } from '../../keys/describe-key.ts'
import type { Output } from '../../output.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'

const KINDS = {
  private: text('私钥', 'private key'),
  public: text('公钥', 'public key'),
  certificate: text('证书', 'certificate'),
}

const RSA2_BITS = 2048

type Relation = 'pair' | 'different' | 'ownPublicKey' | 'same'

const relationOf = (one: KeyFacts, other: KeyFacts, meantAsAlipays: boolean): Relation => {
  const privates = [one, other].filter(({ kind }) => kind === 'private')
  const [privateKey] = privates
  if (privateKey === undefined || privates.length === 2) return one.key.equals(other.key) ? 'same' : 'different'
  const isPair = isOwnPublicKey(privateKey.key, (privateKey === one ? other : one).key)
  if (!isPair) return 'different'
  return meantAsAlipays ? 'ownPublicKey' : 'pair'
}

const RELATIONS = {
  pair: text('这两个文件是一对', 'The two files are a pair.'),
  same: text('两个文件是同一把密钥', 'The two files hold the same key.'),
  different: text('这两个文件不是一对', 'The two files are no pair.'),
  ownPublicKey: text(
    '错误：这是自己的应用公钥，不是支付宝公钥。请到控制台复制「支付宝公钥」',
    "Wrong: this is the application's own public key, not Alipay's. Copy 支付宝公钥 from the console.",
  ),
}

const warningsOf = (facts: KeyFacts, now: number) => [
  ...(facts.bits < RSA2_BITS
    ? [text(`只有 ${facts.bits} 位，RSA2 至少需要 2048 位`, `${facts.bits} bits: RSA2 needs 2048 or more`)]
    : []),
  ...(facts.isOpenToOthers
    ? [text(`其他用户可读：chmod 600 ${facts.path}`, `others can read it: chmod 600 ${facts.path}`)]
    : []),
  ...(facts.certificate !== undefined && facts.certificate.expiresAt.getTime() <= now
    ? [text('证书已过期', 'the certificate has expired')]
    : []),
]

const view = ({ key: _, ...facts }: KeyFacts) => facts

const linesOf = (facts: KeyFacts, output: Output, now: number): readonly string[] => {
  const { certificate } = facts
  const head = `${output.say(KINDS[facts.kind])}, ${facts.structure}, ${facts.encoding}, ${facts.bits} bit`
  return [
    `${output.color.bold(facts.path)}  ${head}`,
    ...(certificate === undefined
      ? []
      : [
          `  SN ${certificate.sn}`,
          `  ${certificate.issuedTo}`,
          `  ${output.say(text('有效期至', 'valid until'))} ${certificate.expiresAt.toISOString()}`,
        ]),
    ...warningsOf(facts, now).map((words) => `  ${output.color.yellow('!')} ${output.say(words)}`),
  ]
}

export const keysCheck = defineCommand({
  name: 'keys check',
  about: text('识别密钥或证书文件', 'tell what a key or certificate file is'),
  more: text(
    '给出两个文件时，判断它们是否成对；--alipay 表示第二个文件应是支付宝公钥，若误用了自己的公钥则报错。',
    "With two files it tells whether they are a pair. With --alipay the second is meant to be Alipay's public key, and your own in its place is an error.",
  ),
  arguments: [
    { name: 'file', about: text('密钥或证书文件', 'key or certificate') },
    { name: 'other', about: text('另一个文件', 'another one'), optional: true },
  ],
  options: {
    alipay: { type: 'boolean', about: text('第二个文件应是支付宝公钥', "the second file is meant to be Alipay's") },
  },
  examples: ['f2f keys check app-private.pem app-public.pem', 'f2f keys check app-private.pem alipay.txt --alipay'],
  async run({ flags, args, context, output }) {
    if (flags.alipay === true && args.length < 2)
      throw new Problem('USAGE', text('--alipay 需要两个文件：私钥和支付宝公钥。', '--alipay needs two files.'))
    const files = await Promise.all(args.map((path) => describeKey(resolve(context.cwd, path))))
    const [one, other] = files
    const relation =
      one === undefined || other === undefined ? undefined : relationOf(one, other, flags.alipay === true)
    const now = context.clock.now()
    const isBad = relation === 'ownPublicKey' || (relation === 'different' && flags.alipay !== true)
    const warnings = files.flatMap((facts) => warningsOf(facts, now))
    output.result({ files: files.map(view), relation, warnings: warnings.map((words) => output.say(words)) }, () => [
      ...files.flatMap((facts) => linesOf(facts, output, now)),
      ...(relation === undefined
        ? []
        : [
            `${isBad ? output.color.red('✗') : output.color.green('✓')} ${output.say(relationWords(relation, flags.alipay))}`,
          ]),
    ])
    if (isBad) return EXIT.no
    return warnings.length > 0 ? EXIT.warnings : EXIT.ok
  },
})

const relationWords = (relation: Relation, alipay: boolean | undefined) =>
  relation === 'different' && alipay === true
    ? text('不是自己的公钥，可以作为支付宝公钥', "Not your own public key: it can be Alipay's.")
    : RELATIONS[relation]
