import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { badBill } from '../bill/failure.ts'
import { openZip, sizeOf } from './zip.ts'

/** A file within an archive. */
export interface Member {
  readonly name: string
  /** Its content from the beginning, each time. Rejects with `BILL_ARCHIVE_INVALID` when it is damaged. */
  readonly open: () => AsyncIterable<Uint8Array>
}

export interface OpenArchive {
  readonly members: readonly Member[]
  readonly close: () => void
}

export interface ArchiveLimits {
  readonly maxExpandedBytes: number
}

const CHUNK = 64 * 1024
const ZIP_MAGIC = 'PK'

const firstBytes = async (file: string | Uint8Array): Promise<string> => {
  if (typeof file !== 'string') return Buffer.from(file.subarray(0, 2)).toString('latin1')
  const handle = await open(file, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

const plainMember = (file: string | Uint8Array): Member => ({
  name: '',
  async *open() {
    if (typeof file === 'string') yield* createReadStream(file, { highWaterMark: CHUNK })
    else for (let at = 0; at < file.byteLength; at += CHUNK) yield file.subarray(at, at + CHUNK)
  },
})

/**
 * Opens a bill as it was downloaded, or a sheet of it that somebody has unpacked.
 *
 * @param file - its path, or its bytes
 * @throws F2fError `BILL_ARCHIVE_INVALID`, `BILL_ARCHIVE_UNSAFE`, `BILL_TOO_LARGE`
 */
export const openArchive = async (file: string | Uint8Array, limits: ArchiveLimits): Promise<OpenArchive> => {
  const start = await firstBytes(file).catch((error: unknown) => {
    throw badBill('BILL_ARCHIVE_INVALID', 'The bill cannot be opened.', {}, error)
  })
  if (start === ZIP_MAGIC) return openZip(file, limits)
  if ((await sizeOf(file)) > limits.maxExpandedBytes) {
    throw badBill('BILL_TOO_LARGE', 'The bill is larger than allowed.', { ...limits })
  }
  return { members: [plainMember(file)], close: () => undefined }
}
