import { F2fError } from '@f2f/core'
import { openArchive } from '../archive/archive.ts'
import type { BillCharset } from './csv.ts'
import { readHead } from './head.ts'
import { findSheets, firstLines, type Sheets } from './members.ts'
import { detailRows, summaryRows } from './read-sheets.ts'
import type { AccountRow, BillHead, BillRow, ReadableBillType, SummaryRow, TradeRow } from './types.ts'

export interface ReadBillOptions {
  /** Refuses a bill of the other type with `BILL_MISMATCH`. Default: either. */
  readonly type?: ReadableBillType | undefined
  /** Default `gbk`, as Alipay makes them; anything else is refused with `BILL_ENCODING`. */
  readonly charset?: BillCharset | undefined
  /** Most that the archive may expand to. Default 32 GiB. */
  readonly maxExpandedBytes?: number | undefined
}

/**
 * A bill. Iterate over it for its rows: they come in the file's order, in constant memory, each time from the
 * beginning. That the rows add up to the bill's own totals is known when the iteration ends without an error, so act
 * on nothing before.
 *
 * Whatever reads the file rejects with F2fError `BILL_ARCHIVE_INVALID`, `BILL_ARCHIVE_UNSAFE`, `BILL_TOO_LARGE`,
 * `BILL_ENCODING`, `BILL_FORMAT`, `BILL_TRUNCATED`, `BILL_TOTALS_MISMATCH` or `BILL_MISMATCH`.
 */
export interface Bill<Row extends BillRow = BillRow> extends AsyncIterable<Row> {
  /** What the first lines say. */
  head(): Promise<BillHead>
  /** The rows, several at a time: faster than one by one. */
  batches(): AsyncIterable<readonly Row[]>
  /** The rows of the summary sheet; none when the archive has no such sheet. */
  summary(): Promise<readonly SummaryRow[]>
}

const GIB = 1024 ** 3

const checkOptions = ({ type, charset, maxExpandedBytes }: ReadBillOptions): void => {
  const invalid =
    (type !== undefined && type !== 'trade' && type !== 'signcustomer' && 'type') ||
    (charset !== undefined && charset !== 'gbk' && charset !== 'utf-8' && 'charset') ||
    (maxExpandedBytes !== undefined && !(maxExpandedBytes > 0) && 'maxExpandedBytes')
  if (invalid === false) return
  throw new F2fError('CONFIG_INVALID', `The option ${invalid} is not one that readBill knows.`, {
    details: { field: invalid },
  })
}

/**
 * Reads a bill as `downloadBill` left it: a zip with its sheets in GBK. A sheet unpacked by hand will do too.
 *
 * ```ts
 * for await (const row of readBill('2026-01-01.csv.zip', { type: 'trade' })) console.log(row.outTradeNo, row.orderAmount)
 * ```
 *
 * @param file - its path, or its bytes
 * @throws F2fError `CONFIG_INVALID`
 */
export function readBill(file: string | Uint8Array, options: ReadBillOptions & { type: 'trade' }): Bill<TradeRow>
export function readBill(
  file: string | Uint8Array,
  options: ReadBillOptions & { type: 'signcustomer' },
): Bill<AccountRow>
export function readBill(file: string | Uint8Array, options?: ReadBillOptions): Bill
export function readBill(file: string | Uint8Array, options: ReadBillOptions = {}): Bill {
  checkOptions(options)
  const { charset = 'gbk', maxExpandedBytes = 32 * GIB } = options

  const open = async (): Promise<{ readonly sheets: Sheets; readonly close: () => void }> => {
    const { members, close } = await openArchive(file, { maxExpandedBytes })
    try {
      return { sheets: await findSheets(members, charset, options.type), close }
    } catch (error) {
      close()
      throw error
    }
  }

  const once = async <T>(read: (sheets: Sheets) => Promise<T>): Promise<T> => {
    const { sheets, close } = await open()
    try {
      return await read(sheets)
    } finally {
      close()
    }
  }

  async function* batches(): AsyncGenerator<readonly BillRow[]> {
    const { sheets, close } = await open()
    try {
      yield* detailRows(sheets, charset)
    } finally {
      close()
    }
  }

  return {
    head: () =>
      once(async ({ type, details }) => {
        const [first] = details
        return readHead(type, first === undefined ? [] : await firstLines(first, charset))
      }),
    batches,
    summary: () => once((sheets) => summaryRows(sheets, charset)),
    async *[Symbol.asyncIterator]() {
      for await (const rows of batches()) yield* rows
    },
  }
}
