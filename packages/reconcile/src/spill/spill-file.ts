import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary file that only grows. It is made when first written to. */
export class SpillFile {
  readonly #parent: string
  #folder: string | undefined
  #handle: FileHandle | undefined
  #end = 0
  #scratch = Buffer.alloc(0)

  /** @param parent - folder for temporary files; default the system's */
  constructor(parent: string | undefined) {
    this.#parent = parent ?? tmpdir()
  }

  /** Writes pieces one after another; returns where the first of them stands. */
  async append(pieces: readonly Uint8Array[]): Promise<number> {
    const handle = await this.#open()
    const start = this.#end
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const { bytesWritten } = await handle.writev(pieces, start)
    if (bytesWritten !== length) throw new Error('The disk took only a part of a temporary file.')
    this.#end += length
    return start
  }

  /** Reads `length` bytes that stand at `at` into `target`, from `offset` on. */
  async read(target: Uint8Array, offset: number, length: number, at: number): Promise<void> {
    const handle = await this.#open()
    await handle.read(target, offset, length, at)
  }

  /** Room to read into: the same one every time, so whoever has it must be done before the next asks. */
  scratch(size: number): Buffer {
    if (this.#scratch.length < size) this.#scratch = Buffer.allocUnsafeSlow(size)
    return this.#scratch
  }

  async remove(): Promise<void> {
    await this.#handle?.close()
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  async #open(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle
    this.#folder = await mkdtemp(join(this.#parent, 'f2f-reconcile-'))
    this.#handle = await open(join(this.#folder, 'spill'), 'wx+', 0o600)
    return this.#handle
  }
}
