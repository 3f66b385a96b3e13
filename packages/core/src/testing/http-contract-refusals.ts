import { assert, assertEqual } from './assert.ts'
import { assertProblem, TILL } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

const ONLY = (scope: 'pay' | 'refund' | 'reconcile' | 'watch') => ({ ...TILL, scopes: [scope] })

/** Rules about who may do what, and about requests that are wrong. */
export const REFUSAL_RULES: readonly HttpRule[] = [
  {
    name: 'MUST ask a stranger who is calling, on every route but those open to all',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      const routes: readonly (readonly [string, string])[] = [
        ['POST', '/payments'],
        ['POST', '/qr-payments'],
        ['GET', '/payments'],
        ['GET', `/payments/${outTradeNo}`],
        ['GET', `/payments/${outTradeNo}/events`],
        ['POST', `/payments/${outTradeNo}/cancel`],
        ['POST', `/payments/${outTradeNo}/refunds`],
        ['GET', `/payments/${outTradeNo}/refunds/R1`],
        ['GET', '/me'],
      ]
      for (const [method, path] of routes) {
        const reply = await bench.ask(path, { method, as: null })
        assertProblem(reply, 401, 'AUTH_REQUIRED')
        assert((reply.headers['www-authenticate'] ?? '').startsWith('Bearer'), 'there is no challenge')
      }
      assertEqual((await bench.ask('/health', { as: null })).status, 200, '/health')
      assertEqual((await bench.ask('/openapi.json', { as: null })).status, 200, '/openapi.json')
    },
  },
  {
    name: 'MUST let a caller do only what its scopes say, and look with any of them',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      const order = await bench.order('waits')
      const refund = { outRequestNo: 'R1', refundAmount: '0.10' }
      for (const as of [ONLY('watch'), ONLY('refund'), ONLY('reconcile')]) {
        assertProblem(await bench.post('/payments', order, { as }), 403, 'AUTH_FORBIDDEN')
        assertProblem(await bench.post(`/payments/${outTradeNo}/cancel`, {}, { as }), 403, 'AUTH_FORBIDDEN')
        assertEqual((await bench.ask(`/payments/${outTradeNo}`, { as })).status, 200, 'looking')
      }
      for (const as of [ONLY('watch'), ONLY('pay'), ONLY('reconcile')]) {
        assertProblem(await bench.post(`/payments/${outTradeNo}/refunds`, refund, { as }), 403, 'AUTH_FORBIDDEN')
      }
      assertProblem(await bench.ask('/payments', { as: { ...TILL, scopes: [] } }), 403, 'AUTH_FORBIDDEN')
    },
  },
  {
    name: 'MUST refuse a body or query that names another store, terminal, operator or merchant, by name',
    async check(bench) {
      const order = await bench.order('waits')
      for (const field of ['storeId', 'terminalId', 'operatorId', 'merchantId']) {
        assertProblem(await bench.post('/payments', { ...order, [field]: 'X9' }), 403, 'AUTH_FORBIDDEN', field)
      }
      const same = { ...order, storeId: TILL.storeId, terminalId: TILL.terminalId, operatorId: TILL.operatorId }
      assertEqual((await bench.post('/payments', same)).status, 201, 'naming its own')
      assertProblem(await bench.ask('/payments?storeId=X9'), 403, 'AUTH_FORBIDDEN', 'storeId')
    },
  },
  {
    name: "MUST hide other stores' payments as if there were none",
    async check(bench) {
      const { outTradeNo } = await bench.paid()
      const as = { ...TILL, storeId: 'S2' }
      const refund = { outRequestNo: 'R1', refundAmount: '0.10' }
      assertProblem(await bench.ask(`/payments/${outTradeNo}`, { as }), 404, 'PAYMENT_NOT_FOUND')
      assertProblem(await bench.ask(`/payments/${outTradeNo}/events`, { as }), 404, 'PAYMENT_NOT_FOUND')
      assertProblem(await bench.post(`/payments/${outTradeNo}/cancel`, {}, { as }), 404, 'PAYMENT_NOT_FOUND')
      assertProblem(await bench.post(`/payments/${outTradeNo}/refunds`, refund, { as }), 404, 'PAYMENT_NOT_FOUND')
      const listed = await bench.ask('/payments?limit=200', { as })
      assert(!listed.text.includes(String(outTradeNo)), 'it is in the list')
      const office = { scopes: ['reconcile'] as const }
      assertEqual((await bench.ask(`/payments/${outTradeNo}`, { as: office })).status, 200, 'who has no store sees all')
    },
  },
  {
    name: 'MUST refuse unknown, missing and wrongly typed members by name',
    async check(bench) {
      const order = await bench.order('waits')
      const cases: readonly (readonly [string, unknown])[] = [
        ['colour', { ...order, colour: 'red' }],
        ['sellerId', { ...order, sellerId: '2088000000000000' }],
        ['authCode', { ...order, authCode: undefined }],
        ['authCode', { ...order, authCode: 'not a code' }],
        ['authCode', { ...order, authCode: Number(order.authCode) }],
        ['totalAmount', { ...order, totalAmount: undefined }],
        ['totalAmount', { ...order, totalAmount: 1 }],
        ['totalAmount', { ...order, totalAmount: '1.001' }],
        ['totalAmount', { ...order, totalAmount: null }],
        ['subject', { ...order, subject: ['tea'] }],
        ['outTradeNo', { ...order, outTradeNo: 'no-dashes' }],
        ['outTradeNo', { ...order, outTradeNo: 'x'.repeat(65) }],
        ['payWithin', { ...order, payWithin: '60000' }],
        ['payWithin', { ...order, payWithin: -1 }],
      ]
      for (const [field, body] of cases) {
        const reply = await bench.post('/payments', body)
        assertProblem(reply, 400, 'REQUEST_INVALID', field)
        assert(!reply.text.includes(String(order.authCode)), 'the payment code is in the answer')
      }
      const { outTradeNo } = await bench.begin('waits')
      assertProblem(await bench.post(`/payments/${outTradeNo}/cancel`, { now: true }), 400, 'REQUEST_INVALID', 'now')
      const refund = { outRequestNo: 'R 1', refundAmount: '0.10' }
      const paid = await bench.paid()
      const refused = await bench.post(`/payments/${paid.outTradeNo}/refunds`, refund)
      assertProblem(refused, 400, 'REQUEST_INVALID', 'outRequestNo')
    },
  },
  {
    name: 'MUST refuse a body that is not one JSON object, without quoting it',
    async check(bench) {
      const code = await bench.paymentCode('pays')
      for (const body of [`{"authCode":"${code}",}`, '[]', 'null', `"${code}"`, '{', '{"a":\udc00}']) {
        const headers = { 'content-type': 'application/json' }
        const reply = await bench.ask('/payments', { method: 'POST', headers, body })
        assertProblem(reply, 400, 'HTTP_BODY_MALFORMED')
        assert(!reply.text.includes(code), 'the payment code is in the answer')
      }
    },
  },
  {
    name: 'MUST refuse a body that does not say it is JSON in UTF-8',
    async check(bench) {
      const body = JSON.stringify(await bench.order('waits'))
      for (const headers of [
        {},
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/x-www-form-urlencoded' },
        { 'content-type': 'application/jsonp' },
        { 'content-type': 'application/json; charset=gbk' },
        { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      ]) {
        assertProblem(await bench.ask('/payments', { method: 'POST', headers, body }), 415, 'HTTP_BODY_NOT_JSON')
      }
    },
  },
  {
    name: 'MUST say what is at no address, and which methods an address takes',
    async check(bench) {
      for (const path of ['/nothing', '/payments/', '/payments//cancel', '/health/x']) {
        assertProblem(await bench.ask(path), 404, 'HTTP_ROUTE_NOT_FOUND')
      }
      const put = await bench.ask('/payments', { method: 'PUT' })
      assertProblem(put, 405, 'HTTP_METHOD_NOT_ALLOWED')
      assertEqual((put.headers.allow ?? '').split(', ').sort(), ['GET', 'HEAD', 'POST'], 'allow')
      assertProblem(await bench.ask('/notify'), 405, 'HTTP_METHOD_NOT_ALLOWED')
      const options = await bench.ask('/payments', { method: 'OPTIONS', as: null })
      assertEqual([options.status, options.text], [204, ''], 'OPTIONS')
      assert((options.headers.allow ?? '').includes('POST'), 'OPTIONS names no methods')
    },
  },
]
