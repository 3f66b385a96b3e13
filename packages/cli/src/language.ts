import { readFile } from 'node:fs/promises'
import { configPlace } from './config/file.ts'
import type { Context } from './context.ts'
import { isLanguage, type Language, languageOf } from './text.ts'

/** A flag's value before the rest is parsed, so that a mistake in the rest is told in the right language and form. */
const early = (argv: readonly string[], name: string): string | undefined => {
  const flag = `--${name}`
  const at = argv.findIndex((one) => one === flag || one.startsWith(`${flag}=`))
  if (at < 0) return undefined
  return (argv[at] === flag ? argv[at + 1] : argv[at]?.slice(flag.length + 1)) ?? ''
}

/** What is wrong with the file is told by the command that needs it. */
const configured = async (argv: readonly string[], context: Context): Promise<Language | undefined> => {
  try {
    const { lang } = JSON.parse(await readFile(configPlace(context, early(argv, 'config')).path, 'utf8'))
    return isLanguage(lang) ? lang : undefined
  } catch {
    return undefined
  }
}

/** The flag, `F2F_LANG`, the configuration, the locale. Undefined when the flag names no language of ours. */
export const chosenLanguage = async (argv: readonly string[], context: Context): Promise<Language | undefined> => {
  const flag = early(argv, 'lang')
  if (flag !== undefined) return isLanguage(flag) ? flag : undefined
  const { env } = context
  if (isLanguage(env.F2F_LANG)) return env.F2F_LANG
  return (await configured(argv, context)) ?? languageOf(env)
}
