import { HEX, type Random } from '../random.ts'

/** A bill file behind a link. */
export interface BillFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** Links to bill files. Each dies a short while after it was made (protocol §9). */
export class BillLinks {
  readonly #random: Random
  readonly #lifetime: number
  readonly #files = new Map<string, BillFile & { readonly expiresAt: number }>()

  /** @param lifetime - ms */
  constructor(random: Random, lifetime: number) {
    this.#random = random
    this.#lifetime = lifetime
  }

  /** @returns the id the link carries */
  add(file: BillFile, at: number): string {
    this.#forgetBefore(at)
    const id = this.#random.text(32, HEX)
    this.#files.set(id, { ...file, expiresAt: at + this.#lifetime })
    return id
  }

  /** The file behind a link that is still alive. */
  open(id: string, at: number): BillFile | undefined {
    const file = this.#files.get(id)
    return file !== undefined && at <= file.expiresAt ? file : undefined
  }

  clear(): void {
    this.#files.clear()
  }

  #forgetBefore(at: number): void {
    for (const [id, { expiresAt }] of this.#files) if (expiresAt < at) this.#files.delete(id)
  }
}
