import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { F2fError } from '@f2f/core'

/** What a server says of a file, so that the rest of it can be asked for later. */
export interface Validator {
  readonly etag: string | undefined
  /** Length of the whole file in bytes. */
  readonly total: number | undefined
}

const NOTHING: Validator = { etag: undefined, total: undefined }

const readValidator = async (path: string): Promise<Validator> => {
  try {
    const { etag, total } = JSON.parse(await readFile(path, 'utf8')) as Partial<Validator>
    return {
      etag: typeof etag === 'string' ? etag : undefined,
      total: typeof total === 'number' ? total : undefined,
    }
  } catch {
    return NOTHING
  }
}

/** A file that is being downloaded, under another name until it is whole. A later attempt goes on with it. */
export class PartFile {
  readonly #path: string
  readonly #handle: FileHandle
  #length: number
  #validator: Validator

  private constructor(path: string, handle: FileHandle, length: number, validator: Validator) {
    this.#path = path
    this.#handle = handle
    this.#length = length
    this.#validator = validator
  }

  /** @throws F2fError `CONFIG_INVALID` when no file can be made there */
  static async open(path: string): Promise<PartFile> {
    const handle = await open(`${path}.part`, 'a+', 0o600).catch((cause: unknown) => {
      throw new F2fError('CONFIG_INVALID', 'No file can be written where the bill should go.', {
        cause,
        details: { field: 'to' },
      })
    })
    const { size } = await handle.stat()
    return new PartFile(path, handle, size, await readValidator(`${path}.part.json`))
  }

  /** Bytes there are. */
  get length(): number {
    return this.#length
  }

  get validator(): Validator {
    return this.#validator
  }

  /** True when it can be gone on with: something is there, and it is known what it is a part of. */
  get isResumable(): boolean {
    return this.#length > 0 && (this.#validator.etag !== undefined || this.#validator.total !== undefined)
  }

  /** Throws away what is there. */
  async restart(validator: Validator): Promise<void> {
    await this.#handle.truncate(0)
    this.#length = 0
    this.#validator = validator
    await writeFile(`${this.#path}.part.json`, JSON.stringify(validator), { mode: 0o600 })
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#handle.appendFile(bytes)
    this.#length += bytes.length
  }

  /** The first bytes of it. */
  async start(length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  }

  /** Gives the file its name, once it is on the disk. */
  async finish(): Promise<void> {
    await this.#handle.sync()
    await this.#handle.close()
    await rename(`${this.#path}.part`, this.#path)
    await rm(`${this.#path}.part.json`, { force: true })
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}
