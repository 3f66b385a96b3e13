const AMOUNT = /^([+-]?)(\d{1,13})(?:\.(\d{1,2}))?$/

/**
 * Yuan as bills write them → whole fen, negative when the text is: `'-0.59'` is -59.
 *
 * @returns undefined when the text is no amount
 */
export const readFen = (text: string): number | undefined => {
  if (text === '0.00') return 0
  const match = AMOUNT.exec(text)
  if (match === null) return undefined
  const [, sign, yuan, decimals = ''] = match
  const amount = Number(yuan) * 100 + Number(decimals.padEnd(2, '0'))
  return sign === '-' && amount !== 0 ? -amount : amount
}

/** Whole fen → yuan with two decimals; unlike `yuan` of core also for negative amounts and sums without bound. */
export const signedYuan = (amount: number): string => {
  const size = Math.abs(amount)
  return `${amount < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`
}
