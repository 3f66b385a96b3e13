import { expect, test } from 'vitest'
import { createHandler, type Principal, problemResponse, type RefundAsked } from '../../src/http/index.ts'
import { F2fError } from '../../src/index.ts'
import { httpShop } from '../../src/testing/index.ts'

/** Asks for a refund of a paid payment as a caller with this check. */
const refundedBy = async (checkRefund: Principal['checkRefund'], refundAmount = '0.5') => {
  const shop = httpShop()
  const till = shop.mountedAt('http://unused.test', async () => undefined)
  const authCode = await till.paymentCode('pays')
  await shop.cashier.pay({ outTradeNo: 'P1', authCode, totalAmount: '1.00', subject: 'tea' })
  const handler = createHandler({ ...shop, authenticate: () => ({ scopes: ['refund'], checkRefund }) })
  const response = await handler(
    new Request('http://till/payments/P1/refunds', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ outRequestNo: 'R1', refundAmount }),
    }),
  )
  const payment = await shop.cashier.find('P1')
  await shop.cashier.close()
  return { response, refunds: payment?.refunds.length }
}

test('a caller can look at a refund before it is requested', async () => {
  const seen: RefundAsked[] = []
  const { response } = await refundedBy((asked) => void seen.push(asked))
  expect(response.status).toBe(201)
  expect(seen).toEqual([{ outTradeNo: 'P1', outRequestNo: 'R1', refundAmount: '0.50' }])
})

test('what it throws refuses the refund', async () => {
  const { response, refunds } = await refundedBy(async () => {
    throw new F2fError('AUTH_INVALID', 'Not this one.')
  })
  expect([response.status, refunds]).toEqual([401, 0])
})

test('a bad amount is refused before it is shown one', async () => {
  const { response } = await refundedBy(() => expect.unreachable(), 'all')
  expect(await response.json()).toMatchObject({ code: 'REQUEST_INVALID', field: 'refundAmount' })
})

test('an error answers routes of your own as it answers ours', async () => {
  const response = problemResponse(new F2fError('AUTH_REQUIRED', 'Who is it?'))
  expect(response.status).toBe(401)
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'www-authenticate': 'Bearer',
    'x-content-type-options': 'nosniff',
  })
  expect(await response.json()).toMatchObject({ code: 'AUTH_REQUIRED', status: 401 })
})
