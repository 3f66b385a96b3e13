import { stat } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, openPromise, validateFileName, type ZipFile } from 'yauzl'
import { badBill } from '../bill/failure.ts'
import type { ArchiveLimits, Member, OpenArchive } from './archive.ts'

const MOST_MEMBERS = 100
const UTF8_NAME = 0x0800
const DEFLATED = 8
const STORED = 0
/** Real bills shrink to a tenth; repeated rows of tests to a hundredth. */
const MOST_EXPANSION = 250
/** Below this, a small file that expands a lot does no harm. */
const HARMLESS = 64 * 1024 * 1024

const invalid = (what: string, cause?: unknown) => badBill('BILL_ARCHIVE_INVALID', what, {}, cause)
const unsafe = (what: string) => badBill('BILL_ARCHIVE_UNSAFE', what)

/** Names are GBK unless the archive says UTF-8 (protocol §9). */
const nameOf = ({ fileNameRaw, generalPurposeBitFlag }: Entry): string =>
  new TextDecoder(generalPurposeBitFlag & UTF8_NAME ? 'utf-8' : 'gb18030').decode(fileNameRaw)

const checkEntry = (entry: Entry, name: string, fileSize: number): void => {
  if (validateFileName(name) !== null) throw unsafe('A member of the archive has a name that leads out of it.')
  if (entry.isEncrypted()) throw unsafe('A member of the archive is encrypted.')
  if (entry.compressionMethod !== DEFLATED && entry.compressionMethod !== STORED) {
    throw invalid('A member of the archive is compressed in a way that bills are not.')
  }
  if (entry.compressedSize > fileSize) throw invalid('A member of the archive is larger than the archive.')
  if (entry.uncompressedSize > HARMLESS && entry.uncompressedSize > entry.compressedSize * MOST_EXPANSION) {
    throw unsafe('A member of the archive expands far more than any bill.')
  }
}

/** The members' own claims; that they keep to them is seen when they are read. */
const checkSizes = (entries: readonly Entry[], fileSize: number, { maxExpandedBytes }: ArchiveLimits): void => {
  const sum = (size: (entry: Entry) => number) => entries.reduce((total, entry) => total + size(entry), 0)
  if (sum(({ compressedSize }) => compressedSize) > fileSize) throw unsafe('Members of the archive overlap.')
  if (sum(({ uncompressedSize }) => uncompressedSize) > maxExpandedBytes) {
    throw badBill('BILL_TOO_LARGE', 'The bill is larger than allowed.', { maxExpandedBytes })
  }
}

/** The content of a member, checked against its length and checksum at the end. */
async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let checksum = 0
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes: Uint8Array = chunk
      checksum = crc32(bytes, checksum)
      yield bytes
    }
  } catch (error) {
    throw invalid('The archive is damaged.', error)
  }
  if (checksum !== entry.crc32) throw invalid('The archive is damaged: a checksum does not hold.')
}

const readEntries = async (zip: ZipFile, limits: ArchiveLimits): Promise<readonly Member[]> => {
  const files: { readonly entry: Entry; readonly name: string }[] = []
  if (zip.entryCount > MOST_MEMBERS) throw unsafe('The archive has far more members than any bill.')
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry)
    checkEntry(entry, name, zip.fileSize)
    if (files.some((file) => file.name === name)) throw unsafe('Two members of the archive have the same name.')
    if (!name.endsWith('/')) files.push({ entry, name })
  }
  checkSizes(
    files.map(({ entry }) => entry),
    zip.fileSize,
    limits,
  )
  return files.map(({ entry, name }) => ({ name, open: () => contentOf(zip, entry) }))
}

const openZipFile = async (file: string | Uint8Array): Promise<ZipFile> => {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false }
  if (typeof file === 'string') return openPromise(file, options)
  return fromBufferPromise(Buffer.from(file.buffer, file.byteOffset, file.byteLength), options)
}

/**
 * Opens a zip.
 *
 * @throws F2fError `BILL_ARCHIVE_INVALID`, `BILL_ARCHIVE_UNSAFE`, `BILL_TOO_LARGE`
 */
export const openZip = async (file: string | Uint8Array, limits: ArchiveLimits): Promise<OpenArchive> => {
  const zip = await openZipFile(file).catch((error: unknown) => {
    throw invalid('The archive has no directory: it is cut off or no zip.', error)
  })
  try {
    return { members: await readEntries(zip, limits), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof Error && error.name !== 'F2fError' ? invalid('The archive is damaged.', error) : error
  }
}

/** Size of a file in bytes. */
export const sizeOf = async (file: string | Uint8Array): Promise<number> =>
  typeof file === 'string' ? (await stat(file)).size : file.byteLength
