import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import fastify, { type FastifyPluginAsync } from 'fastify'
import { Hono } from 'hono'
import { describe, test } from 'vitest'
import { createHandler, type Handler, toNodeListener } from '../../src/http/index.ts'
import { httpContract, httpShop } from '../../src/testing/index.ts'

/** As in the README. */
const onHono = async (handler: Handler) => {
  const app = new Hono()
  app.all('/pay/*', (context) => handler(context.req.raw))
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const starting = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(starting))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** As in the README. */
const payments =
  (handler: Handler): FastifyPluginAsync =>
  async (app) => {
    const listener = toNodeListener(handler)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _body, done) => done(null))
    app.all('/pay/*', (request, reply) => {
      reply.hijack()
      return listener(request.raw, reply.raw)
    })
  }

const onFastify = async (handler: Handler) => {
  const app = fastify({ forceCloseConnections: true })
  await app.register(payments(handler))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, close: () => app.close() }
}

describe.each([
  ['Hono', onHono],
  ['Fastify', onFastify],
])('the contract holds on %s', (_, mount) => {
  const mounted = async () => {
    const shop = httpShop()
    const { url, close } = await mount(createHandler({ ...shop, basePath: '/pay' }))
    return shop.mountedAt(`${url}/pay`, close)
  }
  for (const { id, name, run } of httpContract(mounted, {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})
