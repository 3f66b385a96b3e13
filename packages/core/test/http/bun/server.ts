/** Runs on Bun: opens shops whose handler is served by `Bun.serve`, as another process asks for them. */
import { createHandler, type Handler } from '../../../src/http/index.ts'
import { type HttpUnderTest, httpShop } from '../../../src/testing/index.ts'

interface BunServer {
  readonly port: number
  stop(closeActiveConnections: boolean): Promise<void>
}

declare const Bun: {
  serve(options: { port: number; hostname: string; idleTimeout?: number; fetch: Handler }): BunServer
}

const shops = new Map<string, HttpUnderTest>()
const hostname = '127.0.0.1'

const open = (): HttpUnderTest => {
  const shop = httpShop()
  const handler = createHandler({ ...shop, basePath: '/pay' })
  const server = Bun.serve({ port: 0, hostname, idleTimeout: 75, fetch: handler })
  return shop.mountedAt(`http://${hostname}:${server.port}/pay`, () => server.stop(true))
}

const asked = async (what: string, body: Record<string, string>): Promise<string> => {
  if (what === 'open') {
    const shop = open()
    shops.set(shop.url, shop)
    return shop.url
  }
  const shop = shops.get(body.url ?? '')
  if (what === 'sign') return (await shop?.signNotify(JSON.parse(body.params ?? '{}'))) ?? ''
  await shop?.close()
  return ''
}

const control = Bun.serve({
  port: 0,
  hostname,
  fetch: async (request) =>
    new Response(await asked(new URL(request.url).pathname.slice(1), (await request.json()) as Record<string, string>)),
})
process.stdout.write(`http://${hostname}:${control.port}\n`)
