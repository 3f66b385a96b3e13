/**
 * Gathers what is added within one turn of the event loop and hands it on together: a hundred payments that change at
 * once cost one round trip to the queue.
 */
export class Batch<T> {
  readonly #flush: (items: readonly T[]) => Promise<unknown>
  #items: T[] = []
  #flushing: Promise<unknown> | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(flush: (items: readonly T[]) => Promise<unknown>) {
    this.#flush = flush
  }

  /** Resolves when the batch that `item` went with has been handed on, and rejects as it does. */
  add(item: T): Promise<unknown> {
    this.#items.push(item)
    this.#flushing ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      const items = this.#items
      this.#items = []
      this.#flushing = undefined
      return this.#flush(items)
    })
    this.#last = this.#flushing
    return this.#flushing
  }

  /** Resolves when everything added has been handed on, or could not be. */
  async settled(): Promise<void> {
    await this.#last.catch(() => undefined)
  }
}
