import {
  type Alipay,
  type BillDownloadUrlReply,
  type BillType,
  type CallOptions,
  F2fError,
  normalizeSubCode,
} from '@f2f/core'
import { type Period, usuallyReadyAt } from '../period.ts'

/** The part of a client that downloads need. */
export interface BillGateway extends Pick<Alipay, 'billDownloadUrl' | 'clock'> {
  /** Where the client talks to; links to this machine are only taken when that is on this machine, too. */
  readonly gateway?: string | undefined
}

/** Alipay's way of saying that there was nothing that day (protocol §9.4). */
export type EmptyReason = 'EMPTY_DATA_WITH_BILL_FILE' | 'NO_BILL_DATA' | 'BILL_NOT_EXIST'

export type LinkAnswer =
  | { readonly is: 'link'; readonly url: string; readonly emptyReason: EmptyReason | undefined }
  | { readonly is: 'empty'; readonly reason: EmptyReason }
  | { readonly is: 'notReady' }

export interface LinkQuestion {
  readonly alipay: BillGateway
  readonly billType: BillType
  readonly period: Period
  readonly smid: string | undefined
  readonly options: CallOptions
}

const EMPTY_FILE = 'EMPTY_DATA_WITH_BILL_FILE'
const LATER = new Set(['SYSTEM_ERROR', 'UNKNOWN_ERROR', 'UNKNOW_ERROR', 'SYSTEM_RATE_LIMIT', 'USER_RATE_LIMIT'])
/** 20000: service unavailable. 40005: called too often. */
const LATER_CODES = new Set(['20000', '40005'])

/** Live answers differ from the documented ones in prefix and case: `isp.bill_not_exist` (protocol §6.8). */
const nameOf = (subCode: string | undefined): string =>
  normalizeSubCode(subCode ?? '')
    .replace(/^is[pv]\./i, '')
    .toUpperCase()

const refused = ({ code, sub_code }: BillDownloadUrlReply): F2fError => {
  const name = nameOf(sub_code)
  const isLater = LATER.has(name) || LATER_CODES.has(code)
  const details = { code, subCode: sub_code }
  return isLater
    ? new F2fError('BILL_UNAVAILABLE', `Alipay cannot give the bill now (${sub_code ?? code}).`, { details })
    : new F2fError('BILL_REFUSED', `Alipay refuses the bill (${sub_code ?? code}).`, { details })
}

const answerTo = (reply: BillDownloadUrlReply, isEarly: boolean): LinkAnswer => {
  const { code, sub_code, bill_download_url: url, bill_file_code } = reply
  const emptyReason = bill_file_code === EMPTY_FILE ? EMPTY_FILE : undefined
  if (code === '10000' && url !== undefined && url !== '') return { is: 'link', url, emptyReason }
  if (code === '10000' && emptyReason !== undefined) return { is: 'empty', reason: emptyReason }
  const name = nameOf(sub_code)
  // The same answer stands for a file that is not made yet and for a day without business.
  if (name === 'BILL_NOT_EXIST') return isEarly ? { is: 'notReady' } : { is: 'empty', reason: name }
  if (name === 'NO_BILL_DATA') return { is: 'empty', reason: name }
  throw refused(reply)
}

/**
 * Asks Alipay where a bill is.
 *
 * @throws F2fError `BILL_REFUSED`, `BILL_UNAVAILABLE`, and what the client throws
 */
export const askLink = async ({ alipay, billType, period, smid, options }: LinkQuestion): Promise<LinkAnswer> => {
  const at = alipay.clock.now()
  if (at < period.to) return { is: 'notReady' }
  const request = { bill_type: billType, bill_date: period.label, ...(smid === undefined ? {} : { smid }) }
  return answerTo(await alipay.billDownloadUrl(request, options), at < usuallyReadyAt(period))
}
