import { beijingTimestamp } from '@f2f/core'
import { DIGITS, LETTERS_AND_DIGITS, type Random } from '../random.ts'

/** Makes the numbers Alipay gives out. No two are alike, and the same seed gives the same ones. */
export interface Numbers {
  /** 28 digits, the day first (protocol §6). */
  tradeNo(at: number): string
  /** Of a settlement. */
  settleNo(at: number): string
  /** The address in a QR: `https://qr.alipay.com/bax…`. */
  qrCode(): string
  notifyId(at: number): string
  traceId(): string
}

const day = (at: number): string => beijingTimestamp(at).slice(0, 10).replaceAll('-', '')

export const createNumbers = (random: Random): Numbers => {
  let count = 0
  const next = (digits: number) => String(++count).padStart(digits, '0')
  return {
    tradeNo: (at) => `${day(at)}22001${random.text(5, DIGITS)}${next(10)}`,
    settleNo: (at) => `${day(at)}0021${random.text(6, DIGITS)}${next(10)}`,
    qrCode: () => `https://qr.alipay.com/bax${next(5)}${random.text(16, LETTERS_AND_DIGITS)}`,
    notifyId: (at) => `${day(at)}00222${random.text(11, DIGITS)}${next(10)}`,
    traceId: () => `${random.text(20, '0123456789abcdef')}${next(12)}`,
  }
}
