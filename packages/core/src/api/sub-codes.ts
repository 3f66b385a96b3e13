import { normalizeSubCode } from './sub-code-prefix.ts'
import { buyerWords } from './sub-code-words/buyer.ts'
import { gatewayFamilies, otherProductFamilies, type WordFamily } from './sub-code-words/families.ts'
import { merchantWords } from './sub-code-words/merchant.ts'
import { orderWords } from './sub-code-words/order.ts'
import { refundWords } from './sub-code-words/refund.ts'
import { scanAgainWords } from './sub-code-words/scan-again.ts'
import { setupWords } from './sub-code-words/setup.ts'
import { laterWords, unknownWords } from './sub-code-words/unknown.ts'
import type { Words, WordTable } from './sub-code-words/words.ts'

export { classifyCancelRefusal, classifyPayRefusal, classifyQueryRefusal, classifyRefundRefusal } from './refusals.ts'
export { normalizeSubCode } from './sub-code-prefix.ts'

/**
 * Who or what a `sub_code` is about.
 *
 * - `unknown`: nobody knows what happened; ask Alipay
 * - `later`: nothing was done; the same call may succeed later
 * - `scanAgain`: a fresh payment code and a new order number
 * - `buyer`: the customer or the customer's account
 * - `merchant`: the merchant's limits, contract, account or balance
 * - `setup`: what the till sends or how it is set up
 * - `order`: the order number or the state of its trade
 * - `refund`: the refund's amount, number or kind
 * - `otherProduct`: a product other than a plain face-to-face payment
 */
export type SubCodeClass =
  | 'unknown'
  | 'later'
  | 'scanAgain'
  | 'buyer'
  | 'merchant'
  | 'setup'
  | 'order'
  | 'refund'
  | 'otherProduct'

/** A `sub_code` explained: one short sentence in each language for the cashier, what happened and what to do now. */
export interface SubCodeDescription extends Words {
  readonly class: SubCodeClass
}

const TABLES: readonly (readonly [SubCodeClass, WordTable])[] = [
  ['unknown', unknownWords],
  ['later', laterWords],
  ['scanAgain', scanAgainWords],
  ['buyer', buyerWords],
  ['merchant', merchantWords],
  ['setup', setupWords],
  ['order', orderWords],
  ['refund', refundWords],
]

const FAMILIES: readonly (readonly [SubCodeClass, readonly WordFamily[]])[] = [
  ['otherProduct', otherProductFamilies],
  ['setup', gatewayFamilies],
]

const describeListed = (name: string): SubCodeDescription | undefined => {
  for (const [kind, table] of TABLES) {
    const words = Object.hasOwn(table, name) ? table[name] : undefined
    if (words) return { class: kind, zh: words.zh, en: words.en }
  }
  return undefined
}

const describeFamily = (name: string): SubCodeDescription | undefined => {
  for (const [kind, families] of FAMILIES) {
    const family = families.find(({ pattern }) => pattern.test(name))
    if (family) return { class: kind, zh: family.zh, en: family.en }
  }
  return undefined
}

/**
 * Explains a `sub_code` to the person at the till.
 *
 * @param subCode - as Alipay sent it, with or without prefix
 * @returns undefined for a code nobody documented
 */
export const describeSubCode = (subCode: string): SubCodeDescription | undefined => {
  const name = normalizeSubCode(subCode)
  return describeListed(name) ?? describeFamily(name)
}
