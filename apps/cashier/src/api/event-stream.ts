/** How long the first bytes of a stream may take, ms: a proxy that holds them back would hold back everything. */
const FIRST_BYTES = 5_000
/** How long a stream may be silent, ms; the back end sends a sign of life every 15 seconds. */
const SILENCE = 40_000

/** A stream that gives nothing, though it was opened. */
export class StreamStalled extends Error {
  override readonly name = 'StreamStalled'
}

const dataOf = (block: string): string =>
  block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n')

/** Takes whole events off a text; returns their data and what is left. */
export const takeEvents = (text: string): { readonly events: readonly string[]; readonly rest: string } => {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n')
  const rest = blocks.pop() ?? ''
  return { events: blocks.map(dataOf).filter((data) => data !== ''), rest }
}

type Chunk = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']>>

const readWithin = async (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  ms: number,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<Chunk> => {
  const over = new AbortController()
  const stalled = wait(ms, over.signal).then(() => {
    throw new StreamStalled()
  })
  stalled.catch(() => undefined)
  try {
    return await Promise.race([reader.read(), stalled])
  } finally {
    over.abort()
  }
}

/** The data of each server-sent event. `EventSource` cannot send the Authorization header, so it is read here. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let patience = FIRST_BYTES
  try {
    for (;;) {
      const { done, value } = await readWithin(reader, patience, wait)
      if (done) return
      patience = SILENCE
      const taken = takeEvents(rest + decoder.decode(value, { stream: true }))
      rest = taken.rest
      yield* taken.events
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
