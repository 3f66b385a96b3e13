import { Problem } from '../problem.ts'
import { type Text, text } from '../text.ts'
import { type Config, configSchema } from './schema.ts'

const UNKNOWN = text('没有这个配置项', 'there is no such setting')

/** By the code of what was found. */
const RULES: Readonly<Record<string, Text>> = {
  invalid_format: text('格式不对', 'has the wrong form'),
  invalid_type: text('类型不对', 'is of the wrong type'),
  invalid_value: text('不是允许的值', 'is none of the values allowed'),
  too_small: text('过小或为空', 'is too small or empty'),
  too_big: text('过大或过长', 'is too large or too long'),
}
const OTHERWISE = text('不可用', 'cannot be used')

const list = (parts: readonly Text[]): Text =>
  text(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '))

/**
 * Settings that came from somewhere.
 *
 * @param nameOf - what a setting is called there
 * @throws Problem `CONFIG`: which are wrong and by which rule; never what they hold
 */
export const checked = (value: unknown, where: Text, nameOf = (name: string): string => name): Config => {
  const { data, error } = configSchema.safeParse(value)
  if (error === undefined) return data
  const parts = error.issues.flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')]
    const rule = issue.code === 'unrecognized_keys' ? UNKNOWN : (RULES[issue.code] ?? OTHERWISE)
    return names.map((name) => text(`${nameOf(name)} ${rule.zh}`, `${nameOf(name)} ${rule.en}`))
  })
  const { zh, en } = list(parts)
  throw new Problem('CONFIG', text(`${where.zh}有误：${zh}。`, `${where.en} is wrong: ${en}.`))
}
