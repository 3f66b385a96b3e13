import type { SpillFile } from './spill-file.ts'

/** At most this many bytes of UTF-8 for one UTF-16 unit. */
const WIDEST = 3

/** Bytes read at a time. The text of more would not fit into V8's nursery, and pile up in the old space. */
const PIECE = 64 * 1024

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
  /** What came before the buffer's records: those too long for it, and what it held when they came. */
  #before: Buffer[] = []
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
      this.#before.push(...this.#short().map((each) => Buffer.from(each)), bytes)
      this.#used = 0
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

  /** What is in the buffer. */
  #short(): readonly Uint8Array[] {
    return this.#buffer === undefined || this.#used === 0 ? [] : [this.#buffer.subarray(0, this.#used)]
  }

  /** What has to go to the file. */
  pending(): readonly Uint8Array[] {
    return [...this.#before, ...this.#short()]
  }

  /** What was {@link pending} stands in the file now. */
  written(at: number, length: number): void {
    this.#at.push(at)
    this.#lengths.push(length)
    this.#used = 0
    this.#before = []
  }

  /** The records, a piece of the file at a time. */
  async *lists(file: SpillFile): AsyncGenerator<readonly unknown[]> {
    let first = 0
    while (first < this.#at.length) {
      let last = first
      let length = this.#lengths[first] ?? 0
      while (last + 1 < this.#at.length && length + (this.#lengths[last + 1] ?? 0) <= PIECE) {
        last++
        length += this.#lengths[last] ?? 0
      }
      const text = file.scratch(length + 1)
      let offset = 1
      for (let index = first; index <= last; index++) {
        const stretch = this.#lengths[index] ?? 0
        await file.read(text, offset, stretch, this.#at[index] ?? 0)
        offset += stretch
      }
      yield listIn(text, offset)
      first = last + 1
    }
    for (const piece of this.pending()) {
      const text = file.scratch(piece.length + 1)
      text.set(piece, 1)
      yield listIn(text, piece.length + 1)
    }
  }

  /** Everything as one list. */
  async whole(file: SpillFile): Promise<readonly unknown[]> {
    const records: unknown[] = []
    for await (const list of this.lists(file)) for (const record of list) records.push(record)
    return records
  }
}

/** Every record has a comma after it, the last one too; the first byte is free for the bracket. */
const listIn = (text: Buffer, length: number): readonly unknown[] => {
  text[0] = OPEN
  text[length - 1] = CLOSE
  return JSON.parse(text.toString('utf8', 0, length)) as readonly unknown[]
}
