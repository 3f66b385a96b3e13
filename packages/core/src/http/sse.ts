import type { Clock } from '../clock.ts'
import type { BodyStream } from './call.ts'

/** Texts on their way to one reader, with a sign of life whenever it has been quiet for a while. */
class EventFeed implements AsyncIterableIterator<string> {
  readonly #texts: string[] = []
  readonly #clock: Clock
  readonly #heartbeatEvery: number
  readonly #onReturn: () => void
  #wake: (() => void) | undefined
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
    this.#texts.push(text)
    this.#wake?.()
  }

  /** No more texts; those pushed are still read. */
  end(): void {
    this.#ended = true
    this.#cancelHeartbeat()
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    while (this.#texts.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const value = this.#texts.shift()
    return value === undefined ? { done: true, value } : { done: false, value }
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.#texts.length = 0
    this.end()
    this.#onReturn()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
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

export interface EventSourceOptions {
  readonly clock: Clock
  /** Milliseconds of quiet before a comment is sent. */
  readonly heartbeatEvery: number
  /** The reader has gone, or the source has ended. Called once or twice. */
  readonly stop: () => void
  /** The source failed; the client comes back by itself. */
  readonly failed: (error: unknown) => void
}

/** Server-sent events from a source of texts. Ends when the source does. */
export const eventStream = (source: AsyncIterable<string>, options: EventSourceOptions): BodyStream => {
  const { clock, heartbeatEvery, stop, failed } = options
  const feed = new EventFeed(clock, heartbeatEvery, stop)
  feed.push(RETRY)
  const pump = async (): Promise<void> => {
    try {
      for await (const text of source) feed.push(text)
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
