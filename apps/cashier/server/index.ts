import { fileURLToPath } from 'node:url'

export { type PageListener, servePage } from './page.ts'
export { createShop, type Shop, type ShopOptions, type ShopServer, serveShop } from './shop.ts'

/** Where the built page is. */
export const PAGE = fileURLToPath(new URL('../page/', import.meta.url))
