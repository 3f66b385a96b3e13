import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHandler, type Handler } from '../../src/http/index.ts'
import { type HttpUnderTest, httpContract, httpShop } from '../../src/testing/index.ts'

/** Where the route handler of the application below `next/` looks for what it is to mount. */
const place = globalThis as { f2fHandler?: Handler }

process.env.NEXT_TELEMETRY_DISABLED = '1'
const app = next({ dev: true, quiet: true, dir: fileURLToPath(new URL('next', import.meta.url)) })
const server = createServer((req, res) => void app.getRequestHandler()(req, res))
let url = ''

beforeAll(async () => {
  await app.prepare()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay`
}, 120_000)

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await app.close()
})

/** What Next does before or behind the handler. */
const NEXT_DIFFERS: ReadonlyMap<string, string> = new Map([
  ['HT-59', 'an oversized body is cut off before the answer is read'],
  ['HT-78', 'two slashes become one'],
  ['HT-92', 'an oversized body is cut off before the answer is read'],
])

describe('the contract holds on Next.js', () => {
  const mounted = async (): Promise<HttpUnderTest> => {
    const shop = httpShop()
    place.f2fHandler = createHandler({ ...shop, basePath: '/pay' })
    return shop.mountedAt(url, async () => undefined)
  }
  for (const { id, name, run } of httpContract(mounted)) {
    const difference = NEXT_DIFFERS.get(id)
    if (difference === undefined) test(`${id} ${name}`, run)
    else test(`${id} but ${difference}`, () => expect(run()).rejects.toThrow())
  }
})
