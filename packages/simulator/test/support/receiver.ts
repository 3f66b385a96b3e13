import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A merchant's notification address over real HTTP. Answers `success`. */
export interface NotificationReceiver {
  readonly url: string
  /** The body of the next notification, in the order they arrive. */
  next(): Promise<string>
  close(): Promise<void>
}

export const listenForNotifications = async (): Promise<NotificationReceiver> => {
  const waiting: ((body: string) => void)[] = []
  const arrived: string[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const taker = waiting.shift()
    if (taker === undefined) arrived.push(body)
    else taker(body)
    response.end('success')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    next: () => {
      const body = arrived.shift()
      return body === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(body)
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
