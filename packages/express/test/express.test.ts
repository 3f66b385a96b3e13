import { isF2fError } from '@f2f/core'
import { allowAnyone, nodeRequest } from '@f2f/core/http'
import { httpShop } from '@f2f/core/testing'
import { alipayNotify, f2f } from '@f2f/express'
import { describe, expect, test } from 'vitest'
import { EXPRESSES, type Surroundings, served } from './apps.ts'

const FORM = 'application/x-www-form-urlencoded'
const PARSERS = ['json', 'urlencoded'] as const

const codeOf = (error: unknown) => (isF2fError(error) ? error.code : String(error))

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

describe.each(EXPRESSES)('f2f on %s', (_, build) => {
  test('keeps what the application has set on the response', async () => {
    const { news, ...shop } = await shopWithNews()
    const url = await served(build(f2f(shop), { mountPath: '/pay' }))
    expect(await post(`${url}/pay/notify`, FORM, news)).toEqual({ status: 200, text: 'success', app: 'express' })
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

  test('gives body parsers that were there first to the application’s error handler, by name', async () => {
    const shop = await shopWithNews()
    const errors: unknown[] = []
    const around: Surroundings = { before: PARSERS, mountPath: '/pay', onError: (error) => errors.push(error) }
    const url = await served(build(f2f(shop), around))
    expect(await post(`${url}/pay/notify`, FORM, shop.news)).toMatchObject({ status: 500, text: 'the app failed' })
    const order = JSON.stringify(shop.order)
    expect(await post(`${url}/pay/payments`, 'application/json', order)).toMatchObject({ status: 500 })
    expect(errors.map(codeOf)).toEqual(['NOTIFY_BODY_PARSED', 'HTTP_BODY_CONSUMED'])
  })

  test.each<[string, Surroundings]>([
    ['keep the raw body', { before: PARSERS, keepRawBody: true }],
    ['give bytes', { before: ['raw'] }],
    ['find nothing for themselves', { before: ['json'] }],
  ])('works behind body parsers that %s', async (__, around) => {
    const shop = await shopWithNews()
    const url = await served(build(f2f(shop), { ...around, mountPath: '/pay' }))
    for (const type of [FORM, `${FORM}; text/html; charset=utf-8`]) {
      expect(await post(`${url}/pay/notify`, type, shop.news)).toMatchObject({ status: 200, text: 'success' })
    }
    if (around.keepRawBody === true) {
      const order = JSON.stringify(shop.order)
      expect(await post(`${url}/pay/payments`, 'application/json', order)).toMatchObject({ status: 201 })
    }
  })

  test('gives errors nobody planned for to the application’s error handler', async () => {
    const fault = new Error('a bug')
    const errors: unknown[] = []
    const shop = await shopWithNews()
    const cashier = { ...shop.cashier, find: () => Promise.reject(fault) }
    const url = await served(build(f2f({ ...shop, cashier }), { onError: (error) => errors.push(error) }))
    const response = await fetch(`${url}/payments/T1`)
    expect([response.status, await response.text()]).toEqual([500, 'the app failed'])
    expect(errors).toEqual([fault])
  })

  test('lets authenticate see what the application knows of the caller', async () => {
    const shop = await shopWithNews()
    const addresses: unknown[] = []
    const authenticate = (request: Request) => {
      addresses.push((nodeRequest(request) as { originalUrl?: string } | undefined)?.originalUrl)
      return undefined
    }
    const url = await served(build(f2f({ ...shop, authenticate }), { mountPath: '/pay' }))
    expect((await fetch(`${url}/pay/payments`)).status).toBe(401)
    expect(addresses).toEqual(['/pay/payments'])
  })
})

describe.each(EXPRESSES)('alipayNotify on %s', (_, build) => {
  test('hands over what Alipay signed, at whatever path, and nothing else', async () => {
    const { alipay, news } = await shopWithNews()
    const taken: unknown[] = []
    const onNotify = (notification: { readonly out_trade_no?: string }) => taken.push(notification.out_trade_no)
    const url = await served(build(alipayNotify({ alipay, onNotify }), { mountPath: '/alipay/notify' }))
    expect(await post(`${url}/alipay/notify`, FORM, news)).toMatchObject({ status: 200, text: 'success' })
    expect(await post(`${url}/alipay/notify`, FORM, `${news}&x=1`)).toMatchObject({ status: 200, text: 'fail' })
    expect((await fetch(`${url}/alipay/notify`)).status).toBe(405)
    expect(taken).toEqual(['T1'])
  })

  test('gives what onNotify throws to the application’s error handler, so that Alipay sends again', async () => {
    const { alipay, news } = await shopWithNews()
    const errors: unknown[] = []
    const onNotify = () => Promise.reject(new Error('disk full'))
    const middleware = alipayNotify({ alipay, onNotify })
    const url = await served(build(middleware, { onError: (error) => errors.push(error) }))
    expect(await post(`${url}/notify`, FORM, news)).toMatchObject({ status: 500, text: 'the app failed' })
    expect(errors).toEqual([new Error('disk full')])
  })
})
