import { httpContract, httpShop } from '@f2f/core/testing'
import { f2f } from '@f2f/express'
import { describe, test } from 'vitest'
import { EXPRESSES, serve } from './apps.ts'

describe.each(EXPRESSES)('the contract holds on %s', (_, build) => {
  const mounted = async () => {
    const shop = httpShop()
    const { url, close } = await serve(build(f2f(shop), { mountPath: '/pay' }))
    return shop.mountedAt(`${url}/pay`, close)
  }
  for (const { id, name, run } of httpContract(mounted, {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})

describe('the contract holds on Express 5 with a base path', () => {
  const mounted = async () => {
    const shop = httpShop()
    const [, build] = EXPRESSES[1] ?? []
    if (build === undefined) throw new Error('there is no Express 5')
    const { url, close } = await serve(build(f2f({ ...shop, basePath: '/pay/v1' }), {}))
    return shop.mountedAt(`${url}/pay/v1`, close)
  }
  for (const { id, name, run } of httpContract(mounted, {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})
