import type { SpillFile } from './spill-file.ts'

/** At most this many bytes of UTF-8 for one UTF-16 unit. */
const WIDEST = 3

const COMMA = 0x2c
const OPEN = 0x5b
const CLOSE = 0x5d

/**
 * The records of some of the keys: a list in JSON, without its brackets. The newest are in a buffer, the others in the
 * file. Bytes in one place, not strings all over the heap, keep the memory flat.
 */
export class Part {
  readonly #size: number
  #buffer: Buffer | undefined
  #used = 0
  /** Records too long for the buffer. */
  #long: Buffer[] = []
  /** Where the stretches in the file stand, and how long they are. */
  readonly #at: number[] = []
  readonly #lengths: number[] = []
  /** Bytes in the buffer and in the file. */
  length = 0

  constructor(size: number) {
    this.#size = size
  }

  /** @returns false when there is no room before the next flush */
  add(record: string): boolean {
    if (record.length * WIDEST >= this.#size) {
      const bytes = Buffer.from(`${record},`)
      this.#long.push(bytes)
      this.length += bytes.length
      return true
    }
    if (this.#used + record.length * WIDEST >= this.#size) return false
    this.#buffer ??= Buffer.allocUnsafeSlow(this.#size)
    const from = this.#used
    this.#used += this.#buffer.write(record, this.#used)
    this.#buffer[this.#used++] = COMMA
    this.length += this.#used - from
    return true
  }

  /** What has to go to the file. */
  pending(): readonly Uint8Array[] {
    const short = this.#buffer === undefined || this.#used === 0 ? [] : [this.#buffer.subarray(0, this.#used)]
    return [...short, ...this.#long]
  }

  /** What was {@link pending} stands in the file now. */
  written(at: number, length: number): void {
    this.#at.push(at)
    this.#lengths.push(length)
    this.#used = 0
    this.#long = []
  }

  /** The stretches one after another, each a list of its own; at most `most` bytes of them at a time. */
  async *lists(file: SpillFile, most: number): AsyncGenerator<readonly unknown[]> {
    let first = 0
    while (first < this.#at.length) {
      let last = first
      let length = this.#lengths[first] ?? 0
      while (last + 1 < this.#at.length && length + (this.#lengths[last + 1] ?? 0) <= most) {
        last++
        length += this.#lengths[last] ?? 0
      }
      yield await this.#list(file, first, last, length, [])
      first = last + 1
    }
    yield await this.#list(file, 0, -1, 0, this.pending())
  }

  /** Everything as one list. */
  async whole(file: SpillFile): Promise<readonly unknown[]> {
    const length = this.#lengths.reduce((sum, each) => sum + each, 0)
    return this.#list(file, 0, this.#at.length - 1, length, this.pending())
  }

  /** Some stretches of the file and some pieces, as one list. Every record has a comma after it, the last one too. */
  async #list(
    file: SpillFile,
    first: number,
    last: number,
    length: number,
    pieces: readonly Uint8Array[],
  ): Promise<readonly unknown[]> {
    const size = pieces.reduce((sum, piece) => sum + piece.length, length)
    if (size === 0) return []
    const text = Buffer.allocUnsafeSlow(size + 1)
    let offset = 1
    for (let index = first; index <= last; index++) {
      const stretch = this.#lengths[index] ?? 0
      await file.read(text, offset, stretch, this.#at[index] ?? 0)
      offset += stretch
    }
    for (const piece of pieces) {
      text.set(piece, offset)
      offset += piece.length
    }
    text[0] = OPEN
    text[offset - 1] = CLOSE
    return JSON.parse(text.toString()) as readonly unknown[]
  }
}
