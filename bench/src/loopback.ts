import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers a request whose body has been read. */
type Answer = (body: Buffer) => Uint8Array | Promise<Uint8Array>

const answerWith = (answer: Answer) => (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.once('end', async () => {
    const body = await answer(Buffer.concat(chunks))
    response.writeHead(200, { 'content-type': 'text/html;charset=utf-8', 'content-length': body.length }).end(body)
  })
}

/** In a child: serves on a free port of this machine and tells the parent where. */
export const serveLoopback = (answer: Answer): void => {
  const server = createServer(answerWith(answer))
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
}
