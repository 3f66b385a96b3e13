import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { stopServer } from '../src/index.ts'

/** A server whose client has sent so much of a request. */
const halfAsked = async (text: string) => {
  const server = createServer((_req, res) => void res.end('done')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(server, 'connection')
  client.on('error', () => undefined).write(text)
  return { server, client }
}

test.each([
  ['in its head', 'GET /pay/hea'],
  ['in its body', 'POST /pay/notify HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsign'],
])('a request that never ends, %s, keeps no server from ending', async (_, text) => {
  const { server, client } = await halfAsked(text)
  await stopServer(server, async () => undefined, 1)
  expect(server.listening).toBe(false)
  client.destroy()
})

test('an answer that is on its way when it is stopped is given', async () => {
  let answer = (): void => undefined
  const server = createServer((_req, res) => {
    answer = () => void res.end('done')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const asked = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await once(server, 'request')
  await stopServer(server, async () => answer())
  expect(await (await asked).text()).toBe('done')
})
