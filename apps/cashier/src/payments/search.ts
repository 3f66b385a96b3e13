import type { PaymentView } from '@f2f/core/http'

/** Payments in which every word is found: in numbers, amount, customer or subject. */
export const matching = (payments: readonly PaymentView[], text: string): readonly PaymentView[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return payments.filter((payment) => {
    const { outTradeNo, tradeNo, totalAmount, buyerLogonId, subject } = payment
    const found = [outTradeNo, tradeNo, totalAmount, buyerLogonId, subject].join(' ').toLowerCase()
    return words.every((word) => found.includes(word.replace(/^¥/, '')))
  })
}

const fenOf = (amount: string): number => Math.round(Number(amount) * 100)

/** What came in and stayed, yuan. */
export const receivedOf = (payments: readonly PaymentView[]): string => {
  const paid = payments.filter(({ status }) => status === 'paid')
  const fen = paid.reduce((sum, one) => sum + fenOf(one.totalAmount) - fenOf(one.refundedAmount), 0)
  return (fen / 100).toFixed(2)
}

/** The lesser of two amounts of yuan. */
export const least = (a: string, b: string): string => (fenOf(a) <= fenOf(b) ? a : b)

/** Whether an amount is more than nothing and not more than there is. */
export const isWithin = (amount: string | undefined, most: string): amount is string =>
  amount !== undefined && fenOf(amount) > 0 && fenOf(amount) <= fenOf(most)

/** Yuan less yuan, not below nothing. */
export const less = (a: string, b: string): string => (Math.max(0, fenOf(a) - fenOf(b)) / 100).toFixed(2)
