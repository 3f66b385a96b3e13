import { describeSubCode } from '@f2f/core'
import type { Language } from '../i18n/language.ts'
import type { Words } from '../i18n/zh.ts'

const WITH_CODE = /^(refused|the outcome is unknown) \((.+)\)$/

/** Why a payment entered a status, in the cashier's words; what the page has no words for is shown as it is. */
export const whyOf = (why: string, { payments }: Words, language: Language): string => {
  const [, kind, code] = WITH_CODE.exec(why) ?? []
  const known: Readonly<Record<string, string>> = payments.why
  const words = known[kind ?? why] ?? why
  if (code === undefined) return words
  return `${words}${payments.because(describeSubCode(code)?.[language] ?? code)}`
}
