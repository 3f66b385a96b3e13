type Listen = EventTarget['addEventListener']

/** An `EventTarget` that knows how many listeners it has. */
export class CountingTarget extends EventTarget {
  readonly #known = new Set<string>()
  readonly #numbers = new Map<unknown, number>()

  get listeners(): number {
    return this.#known.size
  }

  override addEventListener(...[type, listener, options]: Parameters<Listen>): void {
    this.#known.add(this.#name(type, listener))
    super.addEventListener(type, listener, options)
  }

  override removeEventListener(...[type, listener, options]: Parameters<Listen>): void {
    this.#known.delete(this.#name(type, listener))
    super.removeEventListener(type, listener, options)
  }

  #name(type: string, listener: unknown): string {
    const number = this.#numbers.get(listener) ?? this.#numbers.size
    this.#numbers.set(listener, number)
    return `${type} ${number}`
  }
}
