import { beijingTimestamp } from '@f2f/core'
import AdmZip from 'adm-zip'
import iconv from 'iconv-lite'

/** A text file for an archive. */
interface ArchiveMember {
  readonly name: string
  readonly text: string
}

/** Names in GBK without the flag that says UTF-8, as Alipay's archives have them (protocol §9). */
const GBK_NAMES = {
  efs: false,
  encode: (name: string) => iconv.encode(name, 'gbk'),
  decode: (name: Uint8Array) => iconv.decode(Buffer.from(name), 'gbk'),
}

/**
 * A zip of GBK texts. A character GBK lacks becomes `?`, as with Alipay.
 *
 * @param at - the members' time, ms since 1970; shown in Beijing time
 */
export const zipTexts = (members: readonly ArchiveMember[], at: number): Uint8Array => {
  const zip = new AdmZip(undefined, { decoder: GBK_NAMES, noSort: true })
  for (const { name, text } of members) {
    const entry = zip.addFile(name, iconv.encode(text, 'gbk'))
    entry.header.time = new Date(beijingTimestamp(at).replace(' ', 'T'))
  }
  return zip.toBuffer()
}
