import { join } from 'node:path'
import { ERROR_CODES, type F2fErrorCode } from '@f2f/core'
import ts from 'typescript'
import { ROOT } from '../check/documents.ts'
import { code, generated, table } from './markdown.ts'
import { documentation, parseSource } from './typescript.ts'
import { ERROR_WORDS } from './words/errors.ts'
import type { Language } from './words/states.ts'

const SOURCE = 'packages/core/src/errors.ts'

/** When each code is given: the TSDoc of its entry in the table of core. */
const occasions = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const entries = (node: ts.Node): void => {
    const words = ts.isPropertyAssignment(node) ? documentation(node) : undefined
    if (words === undefined) node.forEachChild(entries)
    else found.set((node as ts.PropertyAssignment).name.getText(), words)
  }
  const visit = (node: ts.Node): void =>
    ts.isVariableDeclaration(node) && node.name.getText() === 'ERROR_CODES' ? entries(node) : node.forEachChild(visit)
  visit(parseSource(join(ROOT, SOURCE)))
  return found
}

const HEADS = {
  en: ['code', 'when', 'may money have moved?', 'what to do', 'HTTP', 'same call again?'],
  zh: ['错误码', '何时出现', '钱可能动了吗？', '怎么办', 'HTTP', '原样重试？'],
} as const

const MONEY = {
  en: { never: 'no, nothing was sent', unknown: '**yes**, for a call that moves money', none: 'not by itself' },
  zh: { never: '没有，请求未发出', unknown: '**可能**（若是动钱的调用）', none: '本身不会' },
} as const

const AGAIN = { en: { true: 'may succeed', false: 'no' }, zh: { true: '可能成功', false: '不行' } } as const

/** The table of every error code, from the table in core. */
export const errorTable = (language: Language): string => {
  const english = occasions()
  const rows = (Object.keys(ERROR_CODES) as F2fErrorCode[]).map((name) => {
    const { status, retryable, fate, advice } = ERROR_CODES[name]
    const when = english.get(name)
    if (when === undefined) throw new Error(`${SOURCE} does not say when ${name} is given`)
    const [words, todo] = language === 'en' ? [when, advice] : [ERROR_WORDS[name].when, ERROR_WORDS[name].advice]
    return [code(name), words, MONEY[language][fate], todo, String(status), AGAIN[language][`${retryable}`]]
  })
  return generated(table(HEADS[language], rows))
}
