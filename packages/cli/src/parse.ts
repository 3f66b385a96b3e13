import { parseArgs } from 'node:util'
import type { AnyCommand, Call, Option } from './command.ts'
import { Problem } from './problem.ts'
import { text } from './text.ts'

/** What every command takes. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', about: text('只输出一个 JSON 文档', 'print one JSON document') },
  lang: { type: 'string', value: 'zh|en', about: text('语言', 'language') },
  config: { type: 'string', value: 'file', about: text('配置文件', 'configuration file') },
  'no-color': { type: 'boolean', about: text('不用颜色', 'no colours') },
  help: { type: 'boolean', short: 'h', about: text('显示帮助', 'show this help') },
} as const satisfies Record<string, Option>

/** Names people try first for what is never a flag. */
const SECRET = /^(private-?key|app-?private-?key|encrypt-?key|app-?auth-?token|password|secret|auth-?code|token-?key)$/

const unknownOption = (command: AnyCommand, name: string, given: string): Problem => {
  if (SECRET.test(name))
    return new Problem(
      'USAGE',
      text(
        `没有选项 --${name}：密钥不通过命令行传递。请使用环境变量或文件路径，见 f2f --help。`,
        `There is no option --${name}: secrets are never flags. Use the environment or a file path; see f2f --help.`,
      ),
    )
  return new Problem(
    'USAGE',
    text(
      `f2f ${command.name} 没有选项 ${given}。见 f2f ${command.name} --help。`,
      `f2f ${command.name} has no option ${given}. See f2f ${command.name} --help.`,
    ),
  )
}

const wrongUse = (command: AnyCommand, name: string, isText: boolean): Problem =>
  isText
    ? new Problem('USAGE', text(`选项 --${name} 需要一个值。`, `Option --${name} needs a value.`))
    : new Problem('USAGE', text(`选项 --${name} 不带值。`, `Option --${name} of f2f ${command.name} takes no value.`))

type Values = Record<string, string | boolean>

const readOptions = (command: AnyCommand, given: readonly string[]) => {
  const options: Readonly<Record<string, Option>> = { ...command.options, ...COMMON_OPTIONS }
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  )
  const { tokens } = parseArgs({
    args: [...given],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values: Values = {}
  const args: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind !== 'option') continue
    const option = options[token.name]
    if (option === undefined) throw unknownOption(command, token.name, token.rawName)
    const isText = option.type === 'string'
    const { value } = token
    if (isText !== (value !== undefined) || (isText && token.inlineValue === false && value?.startsWith('--')))
      throw wrongUse(command, token.name, isText)
    values[token.name] = value ?? true
  }
  return { values, args }
}

/**
 * Reads what follows a command's name.
 *
 * @throws Problem `USAGE`. Values are never in the message: they may be secrets given in the wrong place
 */
export const parseCall = (command: AnyCommand, given: readonly string[]): Pick<Call, 'flags' | 'args'> => {
  const { values, args } = readOptions(command, given)
  if (values.help === true) return { flags: values, args }
  const missing = command.arguments.filter(({ optional }) => optional !== true)[args.length]
  if (missing !== undefined) {
    const usage = `f2f ${command.name} --help`
    throw new Problem(
      'USAGE',
      text(`缺少参数 <${missing.name}>。见 ${usage}。`, `<${missing.name}> is missing. See ${usage}.`),
    )
  }
  if (args.length > command.arguments.length)
    throw new Problem('USAGE', text('参数太多。', `Too many arguments for f2f ${command.name}.`))
  return { flags: values, args }
}
