import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Handler, type NodeListener, toNodeListener } from '../../src/http/index.ts'

/** A listener on a port of its own. */
export const listening = async (
  listener: NodeListener,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((req, res) => void listener(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const serving = (handler: Handler) => listening(toNodeListener(handler))
