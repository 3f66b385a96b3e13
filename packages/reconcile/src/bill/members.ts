import type { Member } from '../archive/archive.ts'
import { type BillCharset, decodeStart } from './csv.ts'
import { badBill } from './failure.ts'
import { readTitle, type SheetTitle } from './head.ts'
import type { ReadableBillType } from './types.ts'

/** A member known by its first line. */
export interface SheetMember extends SheetTitle {
  readonly member: Member
}

/** The sheets of one bill. */
export interface Sheets {
  readonly type: ReadableBillType
  readonly details: readonly Member[]
  readonly summaries: readonly Member[]
}

const LINE_END = /\r?\n/

/** More than any head of a bill has. */
const START = 4 * 1024

/** The first bytes of a member. */
const startOf = async ({ open }: Member): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of open()) {
    parts.push(chunk.subarray(0, START - length))
    length += chunk.length
    if (length >= START) break
  }
  return Buffer.concat(parts)
}

/** The first lines of a member, the last of them perhaps cut off. */
export const firstLines = async (member: Member, charset: BillCharset): Promise<readonly string[]> =>
  decodeStart(await startOf(member), charset).split(LINE_END)

const BYTE_ORDER_MARK = Buffer.from('\uFEFF')
const HASH = 0x23

/** A sheet of a bill, whatever its encoding. */
const beginsLikeSheet = (start: Uint8Array): boolean => {
  const isMarked = BYTE_ORDER_MARK.equals(start.subarray(0, BYTE_ORDER_MARK.length))
  return start[isMarked ? BYTE_ORDER_MARK.length : 0] === HASH
}

const titleOf = (start: Uint8Array, charset: BillCharset): SheetTitle | undefined => {
  const [first = ''] = decodeStart(start, charset).split(LINE_END)
  return readTitle(first)
}

const typeOf = (sheets: readonly SheetMember[], wanted: ReadableBillType | undefined): ReadableBillType => {
  const types = new Set(sheets.filter(({ part }) => part === 'detail').map(({ type }) => type))
  const [type] = types
  if (type === undefined) throw badBill('BILL_FORMAT', 'The file holds no list of payments or movements of Alipay.')
  if (wanted === undefined && types.size > 1) throw badBill('BILL_FORMAT', 'The archive holds bills of two types.')
  if (wanted !== undefined && !types.has(wanted)) {
    throw badBill('BILL_MISMATCH', `The file is a ${type} bill, not ${wanted}.`, { type, wanted })
  }
  return wanted ?? type
}

/**
 * Tells the members of an archive apart by their first line, whatever their names and order.
 *
 * @throws F2fError `BILL_ENCODING`, `BILL_FORMAT`, `BILL_MISMATCH`
 */
export const findSheets = async (
  members: readonly Member[],
  charset: BillCharset,
  wanted: ReadableBillType | undefined,
): Promise<Sheets> => {
  const sheets: SheetMember[] = []
  let unreadable: unknown
  for (const member of members) {
    const start = await startOf(member)
    try {
      const title = titleOf(start, charset)
      if (title !== undefined) sheets.push({ ...title, member })
    } catch (error) {
      if (beginsLikeSheet(start)) throw error
      unreadable ??= error
    }
  }
  // What an archiver put beside the sheets may be anything.
  if (sheets.length === 0 && unreadable !== undefined) throw unreadable
  const type = typeOf(sheets, wanted)
  const parts = (part: SheetTitle['part']) =>
    sheets.filter((sheet) => sheet.type === type && sheet.part === part).map(({ member }) => member)
  return { type, details: parts('detail'), summaries: parts('summary') }
}
