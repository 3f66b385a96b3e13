import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createHandler, toNodeListener } from '../../src/http/index.ts'
import { httpShop } from '../../src/testing/index.ts'

const OFFICE = { scopes: ['pay', 'refund', 'watch'] } as const

const setUp = () => {
  const shop = httpShop()
  const problems: unknown[] = []
  const under = shop.mountedAt('http://till', async () => undefined)
  const handler = createHandler({
    ...shop,
    authenticate: () => OFFICE,
    onProblem: (error) => problems.push(error),
  })
  const ask = (path: string, init: RequestInit = {}) => handler(new Request(`http://till${path}`, init))
  const post = (path: string, text: string) =>
    ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })
  const paid = async () => {
    const authCode = await under.paymentCode('pays')
    await post('/payments', JSON.stringify({ outTradeNo: 'A1', authCode, totalAmount: '1.00', subject: 'tea' }))
    expect(await (await ask('/payments/A1?wait=10')).json()).toMatchObject({ status: 'paid' })
  }
  return { ...shop, under, problems, ask, post, paid }
}

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'out_trade_no', 'refund_reason'])(
  'a member named %s is refused by name',
  async (name) => {
    const { post, problems } = setUp()
    for (const path of ['/payments', '/qr-payments', '/terminals', '/terminals/token']) {
      const reply = await post(path, `{"${name}":{"scopes":["refund"]}}`)
      expect([reply.status, await reply.json()]).toMatchObject([400, { field: name }])
    }
    expect(problems).toEqual([])
  },
)

test.each([
  ['outRequestNo', '\ud800'],
  ['outRequestNo', 'a\r\nset-cookie: a=b'],
  ['reason', '\udfff'],
])('a refund whose %s is %j is refused, and not in the books', async (member, value) => {
  const { post, paid, cashier, problems, under } = setUp()
  await paid()
  const reply = await post(
    '/payments/A1/refunds',
    JSON.stringify({ outRequestNo: 'R1', refundAmount: '0.10', [member]: value }),
  )
  expect([reply.status, await reply.json()]).toMatchObject([400, { code: expect.stringMatching(/^REQUEST_/) }])
  expect((await cashier.find('A1'))?.refunds).toEqual([])
  expect(problems).toEqual([])
  await under.close()
})

test.each(['subject', 'body'])(
  'an order whose %s is half a character is refused, and not in the books',
  async (member) => {
    const { post, cashier, problems } = setUp()
    const order = { outTradeNo: 'A1', authCode: '280000000000000000', totalAmount: '1.00', subject: 'tea' }
    const reply = await post('/payments', JSON.stringify({ ...order, [member]: '\ud800' }))
    expect(reply.status).toBe(400)
    expect(await cashier.find('A1')).toBeUndefined()
    expect(problems).toEqual([])
  },
)

test('bodies nested as deep as they can be are refused', async () => {
  const { post, problems } = setUp()
  const depth = 30_000
  const deep = '['.repeat(depth) + ']'.repeat(depth)
  const publicKey = `{"kty":"OKP","crv":"Ed25519","x":${deep}}`
  for (const [path, text] of [
    ['/payments', deep],
    ['/payments', `{"subject":${deep}}`],
    ['/terminals', `{"code":"x","publicKey":${deep}}`],
    ['/terminals', `{"code":"x","publicKey":${publicKey}}`],
  ] as const) {
    const { status } = await post(path, text)
    expect([400, 403]).toContain(status)
  }
  expect(problems).toEqual([])
})

test.each([['9'.repeat(10_000)], ['-1'], ['1e3'], ['__proto__'], ['0x10']])(
  'a Last-Event-ID that was never sent starts over',
  async (id) => {
    const { ask, paid, under } = setUp()
    await paid()
    const reply = await ask('/payments/A1/events', { headers: { 'last-event-id': id } })
    expect(reply.status).toBe(200)
    expect(await reply.text()).toContain('"status":"paid"')
    await under.close()
  },
)

test.each([
  '/payments/A1?wait=1&wait=2',
  '/payments?limit=1&limit=2',
  '/payments?__proto__=1',
  '/payments?constructor=1',
  '/payments?storeId=S1&storeId=S2',
])('%s is refused', async (path) => {
  expect((await setUp().ask(path)).status).toBe(400)
})

test.each([
  ['a notification', '/notify', 'application/x-www-form-urlencoded'],
  ['an order', '/payments', 'application/json'],
])(
  "%s that never ends is given up by the server's own time limit, and nothing is held for it",
  async (_, path, type) => {
    const handled: Promise<void>[] = []
    const listener = toNodeListener(
      createHandler({ ...httpShop(), authenticate: () => OFFICE, onProblem: () => undefined }),
    )
    const limits = { headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10 }
    const server = createServer(limits, (req, res) => void handled.push(listener(req, res)))
    server.listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(`POST ${path} HTTP/1.1\r\nHost: till\r\nContent-Type: ${type}\r\nContent-Length: 99\r\n\r\n{`)
    await once(server, 'request')
    await once(socket.resume(), 'close')
    expect(await Promise.all(handled)).toEqual([undefined])
  },
)
