import { hash } from './hash.ts'
import { Part } from './part.ts'
import type { SpillFile } from './spill-file.ts'

/** A record to be brought together with others of the same key: the key, then whatever belongs to it. */
export type SpillRecord = readonly [key: string, ...rest: unknown[]]

export interface SpillLimits {
  /** How many parts the keys are dealt to. */
  readonly parts: number
  /** Bytes of each part held in memory before they go to the file. */
  readonly buffer: number
  /** Bytes of one part that may be in memory at once; a larger part is dealt out again. */
  readonly part: number
}

/**
 * A part of a megabyte, some four thousand rows of each side, dies young in V8's nursery; larger ones pile up in the old
 * space. With more than two million rows the parts are larger, and dealt again.
 */
const SPILL_LIMITS: SpillLimits = { parts: 512, buffer: 8 * 1024, part: 1024 * 1024 }

/**
 * A part that is dealt again comes in parts so many times smaller than it might have been. They are done with before
 * the nursery has been emptied twice. There are no more of them than that, because each has a buffer.
 */
const AGAIN = 8

/** Fewer parts have room for longer buffers, which means fewer reads: what Node keeps of each piles up too. */
const LONGER = 4

/** Keys that are still together after this many deals are the same. */
const DEEPEST = 4

/**
 * Brings records of the same key together in bounded memory: they are dealt to parts by a hash of the key, the parts go
 * to a temporary file, and one part at a time comes back. What fits into memory never touches the disk.
 */
export class Spill<R extends SpillRecord> {
  readonly #file: SpillFile
  readonly #limits: SpillLimits
  readonly #level: number
  readonly #parts: readonly Part[]

  constructor(file: SpillFile, limits: SpillLimits = SPILL_LIMITS, level = 0) {
    this.#file = file
    this.#limits = limits
    this.#level = level
    this.#parts = Array.from({ length: limits.parts }, () => new Part(limits.buffer))
  }

  /** @returns a promise to wait for before the next record; undefined when there is nothing to wait for */
  add(record: R): Promise<void> | undefined {
    const part = this.#parts[hash(record[0], this.#level) % this.#limits.parts]
    const line = JSON.stringify(record)
    if (part === undefined || part.add(line)) return undefined
    return this.#flush().then(() => {
      part.add(line)
    })
  }

  /** The records, part by part; those of one key are in one part. */
  async *parts(): AsyncGenerator<readonly R[]> {
    for (const part of this.#parts) {
      if (part.length === 0) continue
      if (part.length > this.#limits.part && this.#level < DEEPEST) yield* this.#dealAgain(part)
      else yield (await part.whole(this.#file)) as readonly R[]
    }
  }

  async #flush(): Promise<void> {
    const full = this.#parts.map((part) => ({ part, pieces: part.pending() })).filter(({ pieces }) => pieces.length > 0)
    let at = await this.#file.append(full.flatMap(({ pieces }) => pieces))
    for (const { part, pieces } of full) {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
      part.written(at, length)
      at += length
    }
  }

  async *#dealAgain(part: Part): AsyncGenerator<readonly R[]> {
    const { parts, buffer, part: most } = this.#limits
    const fewer = Math.min(parts, Math.ceil((AGAIN * part.length) / most))
    const longer = buffer * Math.min(LONGER, Math.floor(parts / fewer))
    const smaller = new Spill<R>(this.#file, { parts: fewer, buffer: longer, part: most }, this.#level + 1)
    for await (const records of part.lists(this.#file)) {
      for (const record of records as readonly R[]) {
        const full = smaller.add(record)
        if (full !== undefined) await full
      }
    }
    yield* smaller.parts()
  }
}
