import { columns } from './columns.ts'
import type { AnyCommand, Options } from './command.ts'
import { EXIT_TEXTS } from './exit.ts'
import { COMMON_OPTIONS } from './parse.ts'
import { type Language, text } from './text.ts'

const WORDS = {
  title: text('f2f：支付宝当面付命令行工具', 'f2f: Alipay Face-to-Face payments (当面付) on the command line'),
  usage: text('用法', 'Usage'),
  command: text('命令', 'command'),
  commands: text('命令', 'Commands'),
  arguments: text('参数', 'Arguments'),
  options: text('选项', 'Options'),
  common: text('通用选项', 'Common options'),
  examples: text('示例', 'Examples'),
  exits: text('退出码', 'Exit codes'),
  settings: text('配置（优先级从低到高）', 'Settings, from weakest to strongest'),
  layers: text(
    'f2f.config.json，环境变量 F2F_*，命令行选项。密钥只能用文件路径或环境变量给出。',
    'f2f.config.json, environment F2F_*, flags. Secrets come as file paths or by the environment only.',
  ),
  more: text('f2f <命令> --help 查看详细帮助。', 'f2f <command> --help tells more.'),
} as const

const optionRows = (options: Options, language: Language): readonly (readonly [string, string])[] =>
  Object.entries(options).map(([name, { short, value, about }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`,
    about[language],
  ])

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines]

/** The help of `f2f` itself, or of a group such as `f2f keys`. */
export const commandsHelp = (commands: readonly AnyCommand[], language: Language): string => {
  const rows = commands.map(({ name, about }) => [name, about[language]] as const)
  const exits = EXIT_TEXTS.map(([code, words]) => [String(code), words[language]] as const)
  return [
    WORDS.title[language],
    '',
    `${WORDS.usage[language]}: f2f <${WORDS.command[language]}> [--json] [--lang zh|en] …`,
    ...section(WORDS.commands[language], columns(rows)),
    ...section(WORDS.common[language], columns(optionRows(COMMON_OPTIONS, language))),
    ...section(WORDS.settings[language], [`  ${WORDS.layers[language]}`]),
    ...section(WORDS.exits[language], columns(exits)),
    '',
    WORDS.more[language],
    '',
  ].join('\n')
}

const usageLine = ({ name, arguments: args, options }: AnyCommand): string => {
  const shown = args.map((one) => (one.optional === true ? `[${one.name}]` : `<${one.name}>`))
  return ['f2f', name, ...shown, ...(Object.keys(options).length === 0 ? [] : ['[--…]'])].join(' ')
}

export const commandHelp = (command: AnyCommand, language: Language): string => {
  const args = command.arguments.map(({ name, about }) => [`<${name}>`, about[language]] as const)
  return [
    `f2f ${command.name}: ${command.about[language]}`,
    ...(command.more === undefined ? [] : ['', command.more[language]]),
    '',
    `${WORDS.usage[language]}: ${usageLine(command)}`,
    ...section(WORDS.arguments[language], columns(args)),
    ...section(WORDS.options[language], columns(optionRows(command.options, language))),
    ...section(WORDS.common[language], columns(optionRows(COMMON_OPTIONS, language))),
    ...section(
      WORDS.examples[language],
      command.examples.map((example) => `  ${example}`),
    ),
    '',
  ].join('\n')
}
