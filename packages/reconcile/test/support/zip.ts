import AdmZip from 'adm-zip'
import iconv from 'iconv-lite'

/** A file for an archive; text is written as GBK. */
export interface TestMember {
  readonly name: string
  readonly content: string | Uint8Array
}

export const gbk = (text: string): Buffer => iconv.encode(text, 'gb18030')

const GBK_NAMES = {
  efs: false,
  encode: (name: string) => iconv.encode(name, 'gbk'),
  decode: (name: Uint8Array) => iconv.decode(Buffer.from(name), 'gbk'),
}

/** A zip as Alipay makes them: GBK names without the flag that says UTF-8. */
export const zip = (...members: readonly TestMember[]): Uint8Array => {
  const archive = new AdmZip(undefined, { decoder: GBK_NAMES, noSort: true })
  for (const { name, content } of members) {
    archive.addFile(name, typeof content === 'string' ? gbk(content) : Buffer.from(content))
  }
  return archive.toBuffer()
}
