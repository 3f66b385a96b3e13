import { isF2fError } from '@f2f/core'
import { allowAnyone } from '@f2f/core/http'
import { httpShop } from '@f2f/core/testing'
import { alipayNotify, f2f, type KoaMiddleware, koaContext } from '@f2f/koa'
import { describe, expect, test } from 'vitest'
import { KOAS, parser, served } from './apps.ts'

const FORM = 'application/x-www-form-urlencoded'

const codeOf = (error: unknown) => (isF2fError(error) ? error.code : String(error))

/** Reads the body and keeps nothing of it but an object. */
const forgetful: KoaMiddleware = async ({ req }, next) => {
  for await (const _ of req);
  await next()
}

/** A signed notification about a payment that waits, in a shop open to all. */
const shopWithNews = async () => {
  const shop = { ...httpShop(), authenticate: allowAnyone }
  const { paymentCode, signNotify, appId } = shop.mountedAt('http://till', async () => undefined)
  const order = { totalAmount: '1.00', subject: 'tea' }
  await shop.cashier.start({ ...order, outTradeNo: 'T1', authCode: await paymentCode('waits') })
  const members = { notify_id: 'N1', app_id: appId, out_trade_no: 'T1', trade_status: 'TRADE_SUCCESS' }
  const news = await signNotify({ ...members, total_amount: '1.00' })
  return { ...shop, news, order: { ...order, authCode: await paymentCode('pays') } }
}

const post = async (url: string, type: string, body: string) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
  return { status: response.status, text: await response.text(), app: response.headers.get('x-app') }
}

describe.each(KOAS)('f2f on %s', (_, build) => {
  test('keeps what the application has set on the response', async () => {
    const { news, ...shop } = await shopWithNews()
    const url = await served(build(f2f({ ...shop, basePath: '/pay' }), {}))
    expect(await post(`${url}/pay/notify`, FORM, news)).toEqual({ status: 200, text: 'success', app: 'koa' })
  })

  test('leaves other paths to the application', async () => {
    const shop = await shopWithNews()
    const mounted = await served(build(f2f(shop), { mountPath: '/pay' }))
    const based = await served(build(f2f({ ...shop, basePath: '/pay' }), {}))
    for (const url of [mounted, based]) {
      expect(await (await fetch(`${url}/elsewhere`)).text()).toBe('the app')
      expect((await fetch(`${url}/pay/health`)).status).toBe(200)
      expect(await (await fetch(`${url}/pay/nothing`)).text()).toContain('HTTP_ROUTE_NOT_FOUND')
    }
  })

  test('works behind Koa’s body parser, under every content type it knows', async () => {
    const shop = await shopWithNews()
    const url = await served(build(f2f(shop), { before: parser }))
    for (const type of [FORM, `${FORM}; text/html; charset=utf-8`, `${FORM}; charset=GBK`]) {
      expect(await post(`${url}/notify`, type, shop.news)).toMatchObject({ status: 200, text: 'success' })
    }
    const order = JSON.stringify(shop.order)
    expect(await post(`${url}/payments`, 'application/json', order)).toMatchObject({ status: 201 })
  })

  test('throws, by name, when a parser was there first that kept nothing', async () => {
    const shop = await shopWithNews()
    const errors: unknown[] = []
    const url = await served(build(f2f(shop), { before: forgetful, onError: (error) => errors.push(error) }))
    expect((await post(`${url}/notify`, FORM, shop.news)).status).toBe(500)
    expect((await post(`${url}/payments`, 'application/json', JSON.stringify(shop.order))).status).toBe(500)
    expect(errors.map(codeOf)).toEqual(['NOTIFY_BODY_PARSED', 'HTTP_BODY_CONSUMED'])
  })

  test('throws errors nobody planned for', async () => {
    const fault = new Error('a bug')
    const errors: unknown[] = []
    const shop = await shopWithNews()
    const cashier = { ...shop.cashier, find: () => Promise.reject(fault) }
    const url = await served(build(f2f({ ...shop, cashier }), { onError: (error) => errors.push(error) }))
    const response = await fetch(`${url}/payments/T1`)
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    expect(errors).toEqual([fault])
  })

  test('lets authenticate see what the application knows of the caller', async () => {
    const shop = await shopWithNews()
    const users: unknown[] = []
    const authenticate = (request: Request) => {
      users.push((koaContext(request)?.state as { user?: string } | undefined)?.user)
      return undefined
    }
    const url = await served(build(f2f({ ...shop, authenticate }), {}))
    expect((await fetch(`${url}/payments`)).status).toBe(401)
    expect(users).toEqual(['ann'])
    expect(koaContext(new Request('http://till/'))).toBeUndefined()
  })
})

describe.each(KOAS)('alipayNotify on %s', (_, build) => {
  test('hands over what Alipay signed, at whatever path, and nothing else', async () => {
    const { alipay, news } = await shopWithNews()
    const taken: unknown[] = []
    const onNotify = (notification: { readonly out_trade_no?: string }) => taken.push(notification.out_trade_no)
    const url = await served(build(alipayNotify({ alipay, onNotify }), {}))
    expect(await post(`${url}/alipay/notify`, FORM, news)).toMatchObject({ status: 200, text: 'success' })
    expect(await post(`${url}/alipay/notify`, FORM, `${news}&x=1`)).toMatchObject({ status: 200, text: 'fail' })
    expect((await fetch(`${url}/alipay/notify`)).status).toBe(405)
    expect(taken).toEqual(['T1'])
  })

  test('throws what onNotify throws, so that Alipay sends again', async () => {
    const { alipay, news } = await shopWithNews()
    const errors: unknown[] = []
    const onNotify = () => Promise.reject(new Error('disk full'))
    const url = await served(build(alipayNotify({ alipay, onNotify }), { onError: (error) => errors.push(error) }))
    expect((await post(`${url}/notify`, FORM, news)).status).toBe(500)
    expect(errors.map(String)).toEqual(['Error: disk full'])
  })
})
