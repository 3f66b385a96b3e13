import { httpContract, httpShop } from '@f2f/core/testing'
import { f2f } from '@f2f/koa'
import { describe, test } from 'vitest'
import { KOAS, serve } from './apps.ts'

describe.each(KOAS)('the contract holds on %s', (_, build) => {
  const mounted = async () => {
    const shop = httpShop()
    const { url, close } = await serve(build(f2f({ ...shop, basePath: '/pay' }), {}))
    return shop.mountedAt(`${url}/pay`, close)
  }
  for (const { id, name, run } of httpContract(mounted, {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})

describe('the contract holds on Koa 3 with koa-mount', () => {
  const mounted = async () => {
    const shop = httpShop()
    const [, build] = KOAS[1] ?? []
    if (build === undefined) throw new Error('there is no Koa 3')
    const { url, close } = await serve(build(f2f(shop), { mountPath: '/pay/v1' }))
    return shop.mountedAt(`${url}/pay/v1`, close)
  }
  for (const { id, name, run } of httpContract(mounted, {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})
