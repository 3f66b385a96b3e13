import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { parse } from 'csv-parse'
import { badBill } from './failure.ts'

/** How the text of a bill is encoded: Alipay's own files are GBK, read by its superset GB18030 (protocol §9). */
export type BillCharset = 'gbk' | 'utf-8'

const LONGEST_LINE = 256 * 1024

const looksUtf8 = (bytes: Uint8Array): boolean =>
  bytes.some((byte) => byte >= 0x80) && [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)))

/** @throws F2fError `BILL_ENCODING` */
const refuseEncoding = (charset: BillCharset, start: Uint8Array, cause: unknown): never => {
  const utf8 = charset === 'gbk' && looksUtf8(start)
  const what = utf8 ? 'The bill is UTF-8: it has been saved by another program.' : `The bill is not ${charset} text.`
  throw badBill('BILL_ENCODING', what, { charset }, cause)
}

const decoderOf = (charset: BillCharset): TextDecoder =>
  new TextDecoder(charset === 'gbk' ? 'gb18030' : 'utf-8', { fatal: true })

/** Decodes the beginning of a text, which may end within a character. */
export const decodeStart = (start: Uint8Array, charset: BillCharset): string => {
  if (charset === 'gbk' && looksUtf8(start)) refuseEncoding(charset, start, undefined)
  try {
    return decoderOf(charset).decode(start, { stream: true })
  } catch (error) {
    return refuseEncoding(charset, start, error)
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, charset: BillCharset): AsyncGenerator<string> {
  const decoder = decoderOf(charset)
  let last: Uint8Array = new Uint8Array()
  try {
    for await (const chunk of bytes) {
      last = chunk
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      refuseEncoding(charset, last, error)
    }
    throw error
  }
}

/** Some records of a sheet, one for each line. */
export interface CsvBatch {
  readonly records: readonly (readonly string[])[]
  /** The text ended within this line: the last one, without an end of its own. */
  readonly isUnfinished: boolean
}

/**
 * The records of a sheet in batches as they come in. Nothing is unquoted, because Alipay's bills
 * quote nothing: a quotation mark is part of a text (protocol §9.1).
 *
 * @throws F2fError `BILL_ENCODING`, `BILL_FORMAT`
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>, charset: BillCharset): AsyncGenerator<CsvBatch> {
  let batch: (readonly string[])[] = []
  const parser = parse({
    quote: null,
    relax_column_count: true,
    record_delimiter: '\n',
    max_record_size: LONGEST_LINE,
    on_record: (record: readonly string[]) => {
      batch.push(record)
      return null
    },
  })
  parser.on('error', () => undefined)
  const send = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.write(text, (error) => (error ? reject(unreadable(error)) : resolve()))
    })
  const finish = (): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.once('error', (error) => reject(unreadable(error)))
      parser.once('end', () => resolve())
      parser.end()
      parser.resume()
    })
  const taken = (isUnfinished: boolean): CsvBatch => {
    const records = batch
    batch = []
    return { records, isUnfinished }
  }
  for await (const text of decoded(bytes, charset)) {
    await send(text)
    yield taken(false)
  }
  await finish()
  yield taken(true)
}

const unreadable = (cause: unknown) =>
  badBill('BILL_FORMAT', 'The bill is no list of comma-separated lines.', {}, cause)
