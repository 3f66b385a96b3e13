import { Hono } from 'hono'
import type { World } from '../world.ts'

/** Where bill links lead. A dead link answers 404 with a page, as a browser would see it. */
export const billRoutes = (world: World): Hono => {
  const routes = new Hono()
  routes.get('/downloadBillFile.resource', (c) => {
    const file = world.billLinks.open(c.req.query('fileId') ?? '', world.clock.now())
    if (file === undefined) return c.html('<html><body><h1>The link has expired (链接已失效)</h1></body></html>', 404)
    return c.body(Uint8Array.from(file.bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${file.fileName}"`,
    })
  })
  return routes
}
