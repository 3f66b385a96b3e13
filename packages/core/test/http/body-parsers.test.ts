import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHandler, type Handler, type NodeListener, toNodeListener } from '../../src/http/index.ts'
import { httpShop } from '../../src/testing/index.ts'
import { listening } from './mounted.ts'

type Parser = (req: IncomingMessage) => Promise<object>

const readAll = async (req: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** What parsers of the usual frameworks do to a request before anybody else sees it. */
const PARSERS = {
  'express.urlencoded, koa-bodyparser: an object': async (req) => ({
    body: Object.fromEntries(new URLSearchParams((await readAll(req)).toString())),
  }),
  'a parser that keeps nothing': async (req) => ({ body: await readAll(req).then(() => undefined) }),
  'Nest with rawBody: bytes beside an object': async (req) => ({ body: {}, rawBody: await readAll(req) }),
  'a parser that keeps text': async (req) => ({ body: {}, rawBody: (await readAll(req)).toString() }),
  'express.raw: bytes': async (req) => ({ body: await readAll(req) }),
  'express.text: text': async (req) => ({ body: (await readAll(req)).toString() }),
  'a parser that found nothing for itself': async () => ({ body: {} }),
} as const satisfies Record<string, Parser>

const CONSUMED = ['express.urlencoded, koa-bodyparser: an object', 'a parser that keeps nothing'] as const
const KEPT = Object.keys(PARSERS).filter(
  (name) => !(CONSUMED as readonly string[]).includes(name),
) as (keyof typeof PARSERS)[]

const behindParser = async (parser: Parser, wrap: (handler: Handler) => Handler = (handler) => handler) => {
  const shop = httpShop()
  const problems: unknown[] = []
  const listener = toNodeListener(wrap(createHandler({ ...shop, onProblem: (error) => problems.push(error) })))
  const parsed: NodeListener = async (req: IncomingMessage, res: ServerResponse) =>
    listener(Object.assign(req, await parser(req)), res)
  const { url, close } = await listening(parsed)
  const target = shop.mountedAt(url, close)
  onTestFinished(() => target.close())
  const payment = await shop.cashier.start({
    outTradeNo: 'T1',
    authCode: await target.paymentCode('waits'),
    totalAmount: '1.00',
    subject: 'tea',
  })
  const news = await target.signNotify({
    notify_id: 'N1',
    app_id: target.appId,
    out_trade_no: payment.outTradeNo,
    trade_status: 'TRADE_SUCCESS',
    total_amount: '1.00',
  })
  const order = { authCode: await target.paymentCode('pays'), totalAmount: '1.00', subject: 'tea' }
  const notify = () => fetch(`${url}/notify`, { method: 'POST', body: news })
  const start = async () =>
    fetch(`${url}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await target.headersFor({ scopes: ['pay'] })) },
      body: JSON.stringify(order),
    })
  return { notify, start, problems }
}

const aFetchHandler =
  (handler: Handler): Handler =>
  (request) =>
    handler(request)

describe.each([
  ['our own handler', undefined],
  ['any Fetch handler', aFetchHandler],
])('in front of %s', (_, wrap) => {
  test.each(KEPT)('%s does no harm', async (name) => {
    const { notify, start } = await behindParser(PARSERS[name], wrap)
    const response = await notify()
    expect([response.status, await response.text()]).toEqual([200, 'success'])
    expect((await start()).status).toBe(201)
  })

  test.each(CONSUMED)('%s is answered at once, by an error that names the mending', async (name) => {
    const { notify, start, problems } = await behindParser(PARSERS[name], wrap)
    const notified = await notify()
    expect(notified.status).toBe(500)
    expect(await notified.json()).toMatchObject({
      code: 'NOTIFY_BODY_PARSED',
      detail: expect.stringContaining('before any body parser'),
    })
    const started = await start()
    expect(started.status).toBe(500)
    expect(await started.json()).toMatchObject({
      code: 'HTTP_BODY_CONSUMED',
      detail: expect.stringMatching(/before any body parser.*rawBody: true/),
      moneyMayHaveMoved: false,
    })
    expect(problems).toMatchObject([{ code: 'NOTIFY_BODY_PARSED' }, { code: 'HTTP_BODY_CONSUMED' }])
  })
})

test('kept bytes are held to the limit too', async () => {
  const huge = async (req: IncomingMessage) => ({
    body: {},
    rawBody: Buffer.concat([await readAll(req), Buffer.alloc(70_000)]),
  })
  const { start } = await behindParser(huge)
  expect((await start()).status).toBe(413)
})

test('a body of no bytes, read by somebody else, is an empty body', async () => {
  const shop = httpShop()
  const listener = toNodeListener(createHandler(shop))
  const { url, close } = await listening(async (req, res) => {
    await readAll(req)
    await listener(req, res)
  })
  onTestFinished(close)
  const body = new ReadableStream({ start: (controller) => controller.close() })
  const response = await fetch(`${url}/notify`, { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect([response.status, await response.text()]).toEqual([200, 'fail'])
})
