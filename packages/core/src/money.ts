import { F2fError } from './errors.ts'

/** The largest amount Alipay takes in one payment: 100,000,000.00 yuan, in fen. */
export const MAX_FEN = 10_000_000_000

const YUAN = /^(0|[1-9]\d{0,8})(?:\.(\d{1,2}))?$/

/**
 * Yuan as Alipay writes them → whole fen.
 *
 * @param amount - a decimal string such as `'88.88'`, `'88.8'` or `'88'`; no sign, no exponent, no blanks, at most two decimals
 * @returns whole fen, 0 to 10,000,000,000
 * @throws F2fError `REQUEST_INVALID`
 */
export const fen = (amount: string): number => {
  const match = typeof amount === 'string' ? YUAN.exec(amount) : null
  const value = match === null ? Number.NaN : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  if (!(value <= MAX_FEN)) {
    throw new F2fError('REQUEST_INVALID', 'The amount is not a decimal string in yuan with at most two decimals.', {
      details: { field: 'amount', rule: '0 to 100000000.00, such as 88.88' },
    })
  }
  return value
}

/**
 * Whole fen → yuan with two decimals, as Alipay writes them: `yuan(8888)` is `'88.88'`.
 *
 * @throws F2fError `REQUEST_INVALID` when `amount` is not a whole number from 0 to 10,000,000,000
 */
export const yuan = (amount: number): string => {
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > MAX_FEN) {
    throw new F2fError('REQUEST_INVALID', 'The amount is not a whole number of fen.', {
      details: { field: 'amount', rule: 'a whole number from 0 to 10000000000' },
    })
  }
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}
