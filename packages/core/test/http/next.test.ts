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

/** What Next does before the handler. */
const NEXT_DIFFERS: ReadonlyMap<string, string> = new Map([['HT-78', 'two slashes become one']])
/** Next may cut an oversized body off before its client has read the answer, or not: whichever comes first. */
const LEFT_TO_CHANCE = ['HT-59', 'HT-92']
console.log(`NOT RUN on Next.js: ${LEFT_TO_CHANCE.join(', ')}, oversized bodies, which it may cut off by itself.`)

describe('the contract holds on Next.js', () => {
  const mounted = async (): Promise<HttpUnderTest> => {
    const shop = httpShop()
    place.f2fHandler = createHandler({ ...shop, basePath: '/pay' })
    return shop.mountedAt(url, async () => undefined)
  }
  for (const { id, name, run } of httpContract(mounted).filter((rule) => !LEFT_TO_CHANCE.includes(rule.id))) {
    const difference = NEXT_DIFFERS.get(id)
    if (difference === undefined) test(`${id} ${name}`, run)
    else test(`${id} but ${difference}`, () => expect(run()).rejects.toThrow())
  }
})
