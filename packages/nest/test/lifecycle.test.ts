import { F2fError, memoryStore, type PaymentStore } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { Cashier } from '../src/index.ts'
import { createApp, forRoot, listen, order, PLATFORMS, post, shop, startContext, till } from './nest.ts'

describe('on start', () => {
  test('payments an earlier process left unfinished are taken up', async () => {
    const store = memoryStore()
    const clock = new SimulatedClock()
    const first = await startContext({ imports: [forRoot({ store, clock })] })
    const { outTradeNo } = await first.get(Cashier).start(await order('waits'))
    await first.get(Cashier).idle()
    await first.close()
    await startContext({ imports: [forRoot({ store, clock })] })
    const isClosed = async () => (await store.find(outTradeNo))?.status === 'closed'
    expect(await clock.advanceUntil(isClosed)).toBe(true)
  })

  test('a store that cannot be reached stops the application', async () => {
    const error = new F2fError('STORE_UNAVAILABLE', 'The disk is gone.')
    const next = () => Promise.reject(error)
    const store: PaymentStore = { ...memoryStore(), list: () => ({ [Symbol.asyncIterator]: () => ({ next }) }) }
    await expect(startContext({ imports: [forRoot({ store })] })).rejects.toBe(error)
  })
})

describe.each(PLATFORMS)('on shutdown on %s', (platform) => {
  test('the cashier is closed, and watching ends so that the server can', async () => {
    let arrived = (): void => undefined
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const authenticate: typeof shop.authenticate = (request, route) => {
      if (request.url.endsWith('wait=60')) arrived()
      return shop.authenticate(request, route)
    }
    const app = await createApp(platform, { imports: [forRoot({ controller: { path: 'pay' }, authenticate })] })
    const url = `${await listen(app)}/pay`
    const begun = await post(`${url}/payments`, await order('waits'))
    const { outTradeNo } = (await begun.json()) as { readonly outTradeNo: string }
    const headers = { ...(await till.headersFor({ scopes: ['watch'] })) }
    const events = await fetch(`${url}/payments/${outTradeNo}/events`, { headers })
    const waiting = fetch(`${url}/payments/${outTradeNo}?wait=60`, { headers })
    await arrival
    const [text, waited] = await Promise.all([events.text(), waiting, app.close()])
    expect(text).toContain(outTradeNo)
    expect([200, 503]).toContain(waited.status)
    await expect(app.get(Cashier).start(await order())).rejects.toMatchObject({ code: 'CASHIER_CLOSED' })
  })

  test('a signal closes it, once shutdown hooks are enabled', async () => {
    const app = await createApp(platform, { imports: [forRoot()] })
    app.enableShutdownHooks(['SIGUSR2'])
    await listen(app)
    const closed = new Promise((resolve) => app.getHttpServer().on('close', resolve))
    // Nest ends the process by the same signal when it is done.
    process.on('SIGUSR2', () => undefined)
    process.kill(process.pid, 'SIGUSR2')
    await closed
    await expect(app.get(Cashier).start(await order())).rejects.toMatchObject({ code: 'CASHIER_CLOSED' })
  })
})
