/** How many requests about each order number arrived, by method; the truth a client's own count is held against. */
export class CallCounts {
  readonly #counts = new Map<string, Map<string, number>>()

  add(sellerId: string, outTradeNo: string, method: string): void {
    const key = `${sellerId}/${outTradeNo}`
    const counts = this.#counts.get(key) ?? new Map<string, number>()
    counts.set(method, (counts.get(method) ?? 0) + 1)
    this.#counts.set(key, counts)
  }

  /** Counts by method; undefined when nothing about this number ever arrived. */
  of(sellerId: string, outTradeNo: string): ReadonlyMap<string, number> | undefined {
    return this.#counts.get(`${sellerId}/${outTradeNo}`)
  }

  clear(): void {
    this.#counts.clear()
  }
}
