import type { Clock } from '../clock.ts'
import type { BodyStream } from './call.ts'

const END = { done: true, value: undefined } as const

/** Texts on their way to one reader, with a sign of life whenever it has been quiet for a while. */
class EventFeed implements AsyncIterableIterator<string> {
  readonly #texts: string[] = []
  readonly #clock: Clock
  readonly #heartbeatEvery: number
  readonly #onReturn: () => void
  /** A reader that waits for the next text. */
  #taker: ((next: IteratorResult<string, undefined>) => void) | undefined
  #cancelHeartbeat: () => void
  #ended = false

  /**
   * @param heartbeatEvery - milliseconds
   * @param onReturn - the reader has gone
   */
  constructor(clock: Clock, heartbeatEvery: number, onReturn: () => void) {
    this.#clock = clock
    this.#heartbeatEvery = heartbeatEvery
    this.#onReturn = onReturn
    this.#cancelHeartbeat = this.#planHeartbeat()
  }

  push(text: string): void {
    if (this.#ended) return
    this.#cancelHeartbeat()
    this.#cancelHeartbeat = this.#planHeartbeat()
    if (this.#taker === undefined) this.#texts.push(text)
    else this.#give({ done: false, value: text })
  }

  /** No more texts; those pushed are still read. */
  end(): void {
    this.#ended = true
    this.#cancelHeartbeat()
    this.#give(END)
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const value = this.#texts.shift()
    if (value !== undefined) return Promise.resolve({ done: false, value })
    if (this.#ended) return Promise.resolve(END)
    return new Promise((resolve) => {
      this.#taker = resolve
    })
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.#texts.length = 0
    this.end()
    this.#onReturn()
    return END
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #give(next: IteratorResult<string, undefined>): void {
    const taker = this.#taker
    this.#taker = undefined
    taker?.(next)
  }

  #planHeartbeat(): () => void {
    return this.#clock.setTimeout(() => {
      // A reader that has not taken the last text yet needs no sign of life.
      if (this.#texts.length === 0) this.push(': \n\n')
      else this.#cancelHeartbeat = this.#planHeartbeat()
    }, this.#heartbeatEvery)
  }
}

/** One server-sent event. JSON has no line breaks, so one `data` line holds it. */
export const eventText = (id: number, data: object): string => `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`

/** How soon a client that lost its stream comes back, ms. */
const RETRY = 'retry: 1000\n\n'

export interface EventSourceOptions<T> {
  /** The event an item is told by; undefined when the reader knows it. */
  readonly textOf: (item: T) => string | undefined
  readonly clock: Clock
  /** Milliseconds of quiet before a comment is sent. */
  readonly heartbeatEvery: number
  /** The reader has gone, or the source has ended. Called once or twice. */
  readonly stop: () => void
  /** The source failed; the client comes back by itself. */
  readonly failed: (error: unknown) => void
}

/** Server-sent events from a source. Ends when the source does. */
export const eventStream = <T>(source: AsyncIterable<T>, options: EventSourceOptions<T>): BodyStream => {
  const { textOf, clock, heartbeatEvery, stop, failed } = options
  const feed = new EventFeed(clock, heartbeatEvery, stop)
  feed.push(RETRY)
  // Apart from `pump`, which would hold the text for as long as it waits.
  const tell = (item: T): void => {
    const text = textOf(item)
    if (text !== undefined) feed.push(text)
  }
  const pump = async (): Promise<void> => {
    try {
      for await (const item of source) tell(item)
    } catch (error) {
      failed(error)
    } finally {
      feed.end()
      stop()
    }
  }
  void pump()
  return feed
}
