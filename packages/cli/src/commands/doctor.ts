import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { readSettings } from '../config/settings.ts'
import { examineCertificates } from '../doctor/certificates.ts'
import { type Examination, type Finding, type Level, stumbled } from '../doctor/finding.ts'
import { examineGateway } from '../doctor/gateway.ts'
import { examineKeys } from '../doctor/keys.ts'
import { examineNotifyUrl } from '../doctor/notify-url.ts'
import { examineQueue } from '../doctor/queue.ts'
import { examineStore } from '../doctor/store.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import type { Output } from '../output.ts'
import { text } from '../text.ts'

const EXAMINATIONS: readonly (readonly [string, Examination])[] = [
  ['keys', examineKeys],
  ['certificates', examineCertificates],
  ['gateway', examineGateway],
  ['notify', examineNotifyUrl],
  ['store', examineStore],
  ['queue', examineQueue],
]

const mark = ({ color }: Output, level: Level): string =>
  ({ ok: color.green('✓'), warning: color.yellow('!'), error: color.red('✗'), skipped: color.dim('–') })[level]

const worst = (findings: readonly Finding[]): ExitCode => {
  const has = (level: Level) => findings.some((finding) => finding.level === level)
  if (has('error')) return EXIT.no
  return has('warning') ? EXIT.warnings : EXIT.ok
}

const linesOf = (output: Output, { level, found, fix }: Finding): readonly string[] => [
  `${mark(output, level)} ${output.say(found)}`,
  ...(fix === undefined ? [] : [`  → ${output.say(fix)}`]),
]

export const doctor = defineCommand({
  name: 'doctor',
  about: text('检查配置、密钥、网关、通知地址、数据库和队列', 'look for what is wrong, and say how to put it right'),
  more: text(
    '只发送一个无害的查询和一个伪造的通知（应被拒绝），不改动任何东西。退出码：0 正常，5 只有警告，1 有错误。',
    'Sends one harmless query and one forged notification, which must be refused; changes nothing. Exit code: 0 well, 5 warnings only, 1 something is wrong.',
  ),
  arguments: [],
  options: { ...ALIPAY_OPTIONS, ...STORE_OPTIONS },
  examples: ['f2f doctor', 'f2f doctor --json'],
  async run({ flags, context, output }) {
    const settings = await readSettings({ flags, context })
    const findings: Finding[] = []
    for (const [index, [id, examine]] of EXAMINATIONS.entries()) {
      output.progress(text(`检查 ${id}…`, `Looking at ${id}…`), index / EXAMINATIONS.length)
      const found = await examine({ settings, context }).catch((cause: unknown) => [stumbled(id, cause)])
      context.signal.throwIfAborted() // what was stopped found nothing out
      findings.push(...found)
      for (const finding of found) for (const line of linesOf(output, finding)) output.line(line)
    }
    const view = findings.map(({ id, level, found, fix }) => ({
      id,
      level,
      found: output.say(found),
      ...(fix === undefined ? {} : { fix: output.say(fix) }),
    }))
    output.result({ findings: view })
    return worst(findings)
  },
})
