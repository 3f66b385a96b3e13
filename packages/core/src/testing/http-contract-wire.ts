import { assert, assertEqual } from './assert.ts'
import { assertAnswered, assertProblem } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers in what came over one connection. */
const answersIn = (text: string): number => text.split('HTTP/1.1 ').length - 1

/** Rules about HTTP itself: what connections, addresses and bodies can do to each other. */
export const WIRE_RULES: readonly HttpRule[] = [
  {
    name: 'MUST answer HEAD as GET, without the body, and leave nothing open behind it',
    async check(bench) {
      const payment = await bench.paid()
      for (const path of ['/payments', `/payments/${payment.outTradeNo}`, '/health', '/openapi.json']) {
        const get = await bench.ask(path)
        const head = await bench.ask(path, { method: 'HEAD' })
        assertEqual([head.status, head.text], [get.status, ''], path)
        assertEqual(head.headers['content-type'], get.headers['content-type'], path)
      }
      const waiting = await bench.begin('waits')
      const events = await bench.ask(`/payments/${waiting.outTradeNo}/events`, { method: 'HEAD' })
      assertEqual([events.status, events.text], [200, ''], 'a stream')
    },
  },
  {
    name: 'MUST refuse a body that is too long with 413, and answer the next request',
    async check(bench) {
      const long = { ...(await bench.order('waits')), body: 'x'.repeat(100_000) }
      assertProblem(await bench.post('/payments', long), 413, 'HTTP_BODY_TOO_LARGE')
      const pieces = ['{"subject":"', ...Array.from({ length: 50 }, () => 'x'.repeat(10_000)), '"}']
      const endless = await bench.ask('/payments', { method: 'POST', headers: JSON_TYPE, body: pieces })
      assertProblem(endless, 413, 'HTTP_BODY_TOO_LARGE')
      assertEqual((await bench.begin('waits')).settled, false, 'the next request')
    },
  },
  {
    name: 'MUST answer requests sent at once over one connection in their order',
    async check(bench) {
      const health = `GET ${bench.path('/health')} HTTP/1.1\r\nHost: till\r\n\r\n`
      const nothing = `GET ${bench.path('/nothing')} HTTP/1.1\r\nHost: till\r\n\r\n`
      const notify = `POST ${bench.path('/notify')} HTTP/1.1\r\nHost: till\r\nContent-Length: 3\r\n\r\na=b`
      const text = await bench.client.raw(health + notify + nothing + health, (all) => answersIn(all) === 4)
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
      assertEqual(statuses, ['200', '200', '404', '200'], 'statuses')
    },
  },
  {
    name: 'MUST not let one body run into the next request after a refusal',
    async check(bench) {
      const smuggled = `GET ${bench.path('/health')} HTTP/1.1\r\nHost: till\r\n\r\n`
      const first = `POST ${bench.path('/payments')} HTTP/1.1\r\nHost: till\r\nContent-Type: application/json\r\nContent-Length: ${smuggled.length}\r\n\r\n`
      const last = `GET ${bench.path('/nothing')} HTTP/1.1\r\nHost: till\r\nConnection: close\r\n\r\n`
      const text = await bench.client.raw(first + smuggled + last, (all) => answersIn(all) === 3)
      assert(text.startsWith('HTTP/1.1 401'), text.slice(0, 100))
      assert(!text.includes('HTTP/1.1 200'), 'the body was answered as a request')
    },
  },
  {
    name: 'MUST find no payment behind strange addresses',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      for (const segment of ['..', '.', '%2e%2e', '..%2f..%2fhealth', 'a%2Fb', '%00', '%E4%BD%A0', 'x'.repeat(5_000)]) {
        const { status } = await bench.ask(`/payments/${segment}`)
        assertEqual(status, 404, `/payments/${segment.slice(0, 30)}`)
      }
      for (const path of [`/payments/x/../${outTradeNo}/../x`, '/payments/%', '/./payments']) {
        const { json } = await bench.ask(path)
        assertEqual(json.outTradeNo, undefined, path)
      }
    },
  },
  {
    name: 'MUST count bytes, not letters',
    async check(bench) {
      const subject = '龙井茶 🍵'
      const { outTradeNo } = await bench.begin('waits', { subject })
      const { json, text, headers } = await bench.ask(`/payments/${outTradeNo}`)
      assertEqual(json.subject, subject, 'the subject')
      const length = headers['content-length']
      if (length !== undefined) assertEqual(Number(length), Buffer.byteLength(text), 'content-length')
    },
  },
  {
    name: 'MUST forbid caches to keep anything of a payment',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      for (const path of ['/payments', `/payments/${outTradeNo}`]) {
        const { headers } = await bench.ask(path)
        assert((headers['cache-control'] ?? '').includes('no-store'), `${path} may be kept`)
      }
    },
  },
  {
    name: 'MUST survive clients that leave in the middle of a request, of waiting and of a stream',
    async check(bench) {
      const payment = await bench.begin('waits')
      const head = `POST ${bench.path('/notify')} HTTP/1.1\r\nHost: till\r\nContent-Length: 1000\r\n\r\na=`
      const stream = await bench.open(`/payments/${payment.outTradeNo}/events`)
      stream.destroy()
      await bench.client.abandon(head)
      await bench.client.abandon(
        `GET ${bench.path(`/payments/${payment.outTradeNo}?wait=60`)} HTTP/1.1\r\nHost: till\r\n\r\n`,
      )
      assertAnswered(await bench.notify(await bench.signedNews(payment)), 'success')
    },
  },
  {
    name: 'MUST say how it is, and what it is',
    async check(bench) {
      const health = await bench.ask('/health', { as: null })
      assertEqual([health.status, health.json.status], [200, 'ok'], health.text)
      const document = await bench.ask('/openapi.json', { as: null })
      assert(String(document.json.openapi).startsWith('3.1'), 'it is no OpenAPI 3.1')
      const paths = Object.keys(document.json.paths as object)
      for (const path of ['/payments', '/qr-payments', '/notify']) assert(paths.includes(path), `${path} is missing`)
    },
  },
]
