import { describeSubCode } from '@f2f/core'
import type { PaymentView } from '@f2f/core/http'
import type { Language } from '../i18n/language.ts'

/** Why a payment or refund failed and what to do now, in the cashier's words as far as they are known. */
export const reasonOf = (failure: PaymentView['failure'], language: Language): string => {
  if (failure === undefined) return ''
  const known = describeSubCode(failure.subCode ?? failure.code)
  return known === undefined ? `${failure.message} (${failure.subCode ?? failure.code})` : known[language]
}
