import type { AnyCommand } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import type { Context } from './context.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { commandHelp, commandsHelp } from './help.ts'
import { chosenLanguage } from './language.ts'
import { Output } from './output.ts'
import { parseCall } from './parse.ts'
import { interrupted, Problem } from './problem.ts'
import { languageOf, text } from './text.ts'
import { VERSION } from './version.ts'

interface Found {
  readonly command: AnyCommand
  readonly rest: readonly string[]
}

const findCommand = (argv: readonly string[]): Found | undefined => {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const command = COMMANDS.find((one) => one.name === name)
    if (command !== undefined) return { command, rest: argv.slice(words) }
  }
  return undefined
}

const isFlag = (word: string | undefined): boolean => word === undefined || word.startsWith('-')

const withoutCommand = (argv: readonly string[], output: Output, context: Context): ExitCode => {
  const [first, second] = argv
  if (first === '--version' || first === '-v') {
    output.result({ version: VERSION }, () => [VERSION])
    return EXIT.ok
  }
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  const asked = argv.some((word) => word === '--help' || word === '-h')
  if (isFlag(first) || (group.length > 0 && isFlag(second))) {
    const help = commandsHelp(group.length > 0 ? group : COMMANDS, output.language)
    if (output.json) output.result({ help })
    else (asked ? context.stdout : context.stderr).write(help)
    return asked ? EXIT.ok : EXIT.usage
  }
  throw new Problem('USAGE', text('没有这个命令。见 f2f --help。', 'There is no such command. See f2f --help.'))
}

const runFound = async ({ command, rest }: Found, output: Output, context: Context): Promise<ExitCode> => {
  const call = parseCall(command, rest)
  if (call.flags.help !== true) return command.run({ ...call, context, output })
  const help = commandHelp(command, output.language)
  if (output.json) output.result({ help })
  else context.stdout.write(help)
  return EXIT.ok
}

/** Runs one command line. Never rejects: whatever goes wrong is told, and is the exit code. */
export const run = async (argv: readonly string[], context: Context): Promise<ExitCode> => {
  const language = await chosenLanguage(argv, context)
  const output = new Output(context, {
    json: argv.includes('--json'),
    language: language ?? languageOf(context.env),
    color: !argv.includes('--no-color'),
  })
  try {
    if (language === undefined) throw new Problem('USAGE', text('--lang 只能是 zh 或 en。', '--lang is zh or en.'))
    const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv
    const found = findCommand(words)
    return found === undefined ? withoutCommand(words, output, context) : await runFound(found, output, context)
  } catch (error) {
    return output.failure(context.signal.aborted ? interrupted(error) : error).exitCode
  }
}
