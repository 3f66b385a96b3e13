import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FixedServer extends AsyncDisposable {
  readonly origin: string
}

/** A server in its own process that gives every request the same answer. */
export const startFixedServer = async (reply: Uint8Array): Promise<FixedServer> => {
  const child = fork(import.meta.filename, [Buffer.from(reply).toString('base64')])
  const [origin] = (await once(child, 'message')) as [string]
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

if (import.meta.main) {
  const body = Buffer.from(process.argv[2] ?? '', 'base64')
  const headers = { 'content-type': 'text/html;charset=utf-8', 'content-length': body.length }
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => response.writeHead(200, headers).end(body))
  })
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}
