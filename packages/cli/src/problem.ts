import { ERROR_CODES, type F2fError, isF2fError } from '@f2f/core'
import { EXIT, type ExitCode } from './exit.ts'
import { type Language, type Text, text } from './text.ts'

/** What is wrong before anything is sent. `F2fError` is for the payment; this is for the command line, in both languages. */
export type ProblemCode = 'USAGE' | 'CONFIG' | 'FILE' | 'EXISTS' | 'MISSING' | 'TERMINAL' | 'INTERRUPTED'

/** Something the person at the command line has to put right. Never holds a secret. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly text: Text
  readonly exit: ExitCode

  constructor(code: ProblemCode, what: Text, exit: ExitCode = EXIT.usage) {
    super(what.en)
    this.name = 'Problem'
    this.code = code
    this.text = what
    this.exit = exit
  }
}

/** A failure as it is shown: a code for programs, words for people. */
export interface ShownProblem {
  readonly code: string
  readonly message: string
  readonly exitCode: ExitCode
  readonly moneyMayHaveMoved: boolean
  readonly details?: F2fError['details']
}

const exitOf = (error: F2fError): ExitCode => {
  if (error.moneyMayHaveMoved || /^(UNKNOWN|REPLY|WAIT)_/.test(error.code)) return EXIT.unknown
  if (/^(NOT_SENT|STORE_(UNAVAILABLE|CONTENDED)|AUTH_UNAVAILABLE|BILL_(UNAVAILABLE|DOWNLOAD_FAILED))$/.test(error.code))
    return EXIT.unreachable
  if (/^(CONFIG|REQUEST|STORE_SCHEMA|NOTIFY|HTTP|BILL)_?/.test(error.code)) return EXIT.usage
  return EXIT.no
}

const MONEY = {
  moved: '资金可能已变动，请先查询再做其他操作。',
  still: '资金未变动。',
}

/** The error table speaks English; Chinese readers are first told what matters most. */
const chinese = (error: F2fError): string => {
  const fate = ERROR_CODES[error.code].fate
  if (error.moneyMayHaveMoved) return `${MONEY.moved} ${error.message}`
  return fate === 'none' ? error.message : `${MONEY.still} ${error.message}`
}

const systemError = (error: Error & { code: string }): Text => {
  const where = 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : ''
  return text(`系统错误 ${error.code}${where}`, `The system says ${error.code}${where}.`)
}

/** What to show of anything that was thrown. Messages of strangers are not shown: they may quote what they were given. */
export const shownProblem = (error: unknown, language: Language): ShownProblem => {
  if (error instanceof Problem)
    return { code: error.code, message: error.text[language], exitCode: error.exit, moneyMayHaveMoved: false }
  if (isF2fError(error)) {
    const { code, details, moneyMayHaveMoved } = error
    const message = language === 'zh' ? chinese(error) : error.message
    return { code, message, exitCode: exitOf(error), moneyMayHaveMoved, details }
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const message = systemError(Object.assign(error, { code: error.code }))[language]
    return { code: error.code, message, exitCode: EXIT.usage, moneyMayHaveMoved: false }
  }
  const name = error instanceof Error ? error.name : typeof error
  const what = text(
    `程序内部错误（${name}），请报告给开发者。`,
    `A mistake in this program (${name}). Please report it.`,
  )
  return { code: 'INTERNAL_ERROR', message: what[language], exitCode: EXIT.internal, moneyMayHaveMoved: true }
}

/** What a failure after Ctrl-C is: the stop that was asked for, unless money may have moved. */
export const interrupted = (error: unknown): unknown => {
  const isStop = error instanceof Error && error.name === 'AbortError'
  const { exitCode, moneyMayHaveMoved } = shownProblem(error, 'en')
  if (!isStop && (moneyMayHaveMoved || exitCode === EXIT.unknown)) return error
  return new Problem('INTERRUPTED', text('已中断。', 'Stopped.'), EXIT.interrupted)
}
