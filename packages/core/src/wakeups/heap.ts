/** One planned wake-up. */
export interface Alarm {
  readonly at: number
  readonly outTradeNo: string
}

/** A binary min-heap by time: planning and taking cost the logarithm of what waits. */
export class AlarmHeap {
  readonly #items: Alarm[] = []

  get size(): number {
    return this.#items.length
  }

  peek(): Alarm | undefined {
    return this.#items[0]
  }

  push(alarm: Alarm): void {
    const items = this.#items
    let index = items.length
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = items[parentIndex]
      if (parent === undefined || parent.at <= alarm.at) break
      items[index] = parent
      index = parentIndex
    }
    items[index] = alarm
  }

  pop(): Alarm | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top !== undefined && last !== undefined && items.length > 0) this.#sink(last)
    return top
  }

  #sink(alarm: Alarm): void {
    const items = this.#items
    let index = 0
    for (;;) {
      const left = items[2 * index + 1]
      const right = items[2 * index + 2]
      const smaller = right !== undefined && left !== undefined && right.at < left.at ? right : left
      if (smaller === undefined || smaller.at >= alarm.at) break
      items[index] = smaller
      index = 2 * index + (smaller === right ? 2 : 1)
    }
    items[index] = alarm
  }
}
