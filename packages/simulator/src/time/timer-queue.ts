/** Something to run at an instant. */
export interface Timer {
  /** Milliseconds since 1970. */
  readonly due: number
  readonly run: () => void
  /** Told when the timer will never run. */
  readonly callOff: (reason: Error) => void
}

/** Timers in the order they fall due; among equals, in the order they were added. */
export class TimerQueue {
  #timers: Timer[] = []

  get first(): Timer | undefined {
    return this.#timers[0]
  }

  add(timer: Timer): void {
    this.#timers.splice(this.#after(timer.due), 0, timer)
  }

  /** @returns false when it was no longer there */
  remove(timer: Timer): boolean {
    const end = this.#after(timer.due)
    for (let index = end - 1; index >= 0 && this.#timers[index]?.due === timer.due; index--) {
      if (this.#timers[index] === timer) return this.#timers.splice(index, 1).length === 1
    }
    return false
  }

  /** Empties the queue. */
  takeAll(): readonly Timer[] {
    return this.#timers.splice(0)
  }

  /** How many timers are due at `instant` or before. */
  #after(instant: number): number {
    let low = 0
    let high = this.#timers.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#timers[middle]?.due ?? 0) <= instant) low = middle + 1
      else high = middle
    }
    return low
  }
}
