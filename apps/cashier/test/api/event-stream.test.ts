import { describe, expect, test } from 'vitest'
import { readEvents, StreamStalled, takeEvents } from '../../src/api/event-stream.ts'

const never = (): Promise<void> => new Promise(() => undefined)

const streamOf = (...chunks: readonly string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })

describe('events', () => {
  test.each([
    ['whole', 'id: 1\ndata: {"a":1}\n\n', ['{"a":1}'], ''],
    ['two at once', 'data: 1\n\ndata: 2\n\n', ['1', '2'], ''],
    ['half', 'data: 1\n\ndata: 2', ['1'], 'data: 2'],
    ['with carriage returns', 'data: 1\r\n\r\n', ['1'], ''],
    ['that are signs of life or settings', ': \n\nretry: 1000\n\n', [], ''],
  ])('%s', (_, text, events, rest) => expect(takeEvents(text)).toEqual({ events, rest }))

  test('are read whatever the network cuts', async () => {
    const seen: string[] = []
    for await (const data of readEvents(streamOf('retry: 1000\n\nda', 'ta: {"x":"', '付"}\n', '\n'), never))
      seen.push(data)
    expect(seen).toEqual(['{"x":"付"}'])
  })

  test('that are held back end the stream', async () => {
    const silent = new ReadableStream<Uint8Array>({})
    await expect(readEvents(silent, async () => undefined).next()).rejects.toBeInstanceOf(StreamStalled)
  })
})
