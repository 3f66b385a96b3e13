import { beijingTimestamp } from '@f2f/core'
import { signedYuan } from '../amount.ts'
import type { Difference } from '../compare/difference.ts'
import type { Words } from './words.ts'

/** The columns of a list of differences, in order: what a person needs first comes first. */
export type Column = keyof Words['columns']

export const COLUMNS: readonly Column[] = [
  'bucket',
  'kind',
  'outTradeNo',
  'outRequestNo',
  'billAmount',
  'ourAmount',
  'ourStatus',
  'action',
  'why',
  'tradeNo',
  'billTime',
  'ourTime',
  'billReceipt',
  'fee',
  'expectedFee',
  'storeId',
  'terminalId',
  'subject',
  'id',
]

const yuan = (fen: number | undefined): string => (fen === undefined ? '' : signedYuan(fen))

const time = (at: Date | undefined): string => (at === undefined ? '' : beijingTimestamp(at.getTime()))

/** One difference as texts: amounts in yuan, times in Beijing. */
export const lineOf = (difference: Difference, words: Words): Readonly<Record<Column, string>> => {
  const { bucket, kind, outTradeNo, outRequestNo, bill, ours, suggestion, id } = difference
  return {
    bucket: words.buckets[bucket],
    kind: words.kinds[kind],
    outTradeNo,
    outRequestNo,
    tradeNo: bill?.tradeNo ?? ours?.tradeNo ?? '',
    billAmount: yuan(bill?.amount),
    billReceipt: yuan(bill?.receiptAmount),
    billTime: time(bill?.at),
    ourAmount: yuan(ours?.amount),
    ourStatus: ours?.status ?? '',
    ourTime: time(ours?.to ?? ours?.from),
    fee: yuan(bill?.fee),
    expectedFee: yuan(bill?.expectedFee),
    storeId: bill?.storeId ?? '',
    terminalId: bill?.terminalId ?? '',
    subject: bill?.subject ?? '',
    action: words.actions[suggestion.action],
    why: words.reasons[suggestion.reason],
    id,
  }
}
