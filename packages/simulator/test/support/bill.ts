import { buffer } from 'node:stream/consumers'
import iconv from 'iconv-lite'
import { fromBufferPromise } from 'yauzl'

/** One member of a bill archive, decoded as Alipay's are: GBK names, GBK text. */
export interface BillMember {
  readonly name: string
  readonly text: string
  /** True when the archive claims that the name is UTF-8. */
  readonly isFlaggedUtf8: boolean
  readonly lines: readonly string[]
}

const UTF8_NAME = 0x0800

/** Reads a bill archive back with another library than the one that wrote it. */
export const readBill = async (bytes: Uint8Array): Promise<readonly BillMember[]> => {
  const zip = await fromBufferPromise(Buffer.from(bytes), { decodeStrings: false })
  const members: BillMember[] = []
  for await (const entry of zip.eachEntry()) {
    const text = iconv.decode(await buffer(await zip.openReadStreamPromise(entry)), 'gbk')
    members.push({
      name: iconv.decode(entry.fileNameRaw, 'gbk'),
      text,
      isFlaggedUtf8: (entry.generalPurposeBitFlag & UTF8_NAME) !== 0,
      lines: text.split('\r\n').slice(0, -1),
    })
  }
  return members
}
