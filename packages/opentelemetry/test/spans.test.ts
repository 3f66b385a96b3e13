import { createAlipay } from '@f2f/core'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { instrumentF2f } from '../src/index.ts'
import { openShop, SECOND } from './shop.ts'

const exporter = new InMemorySpanExporter()
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
const tracer = provider.getTracer('test')

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterAll(async () => {
  context.disable()
  await provider.shutdown()
})

const watch = (): (() => void) => {
  exporter.reset()
  const stop = instrumentF2f({ tracer, meter: false })
  onTestFinished(stop)
  return stop
}

const spans = () => exporter.getFinishedSpans()
const named = (name: string) => spans().filter((span) => span.name === name)

describe('spans', () => {
  test('a call is a client span with the conventions’ attributes', async () => {
    watch()
    const { cashier, order } = openShop()
    await cashier.pay(order('04'))
    await cashier.idle()
    const [span] = named('alipay.trade.pay')
    expect(span?.kind).toBe(SpanKind.CLIENT)
    expect(span?.attributes).toEqual({
      'rpc.system.name': 'alipay',
      'service.peer.name': 'alipay',
      'rpc.method': 'alipay.trade.pay',
      'server.address': 'alipay.test',
      'server.port': 8080,
      'f2f.out_trade_no': 'T1',
      'rpc.response.status_code': '40004',
      'f2f.reply.sub_code': 'ACQ.BUYER_BALANCE_NOT_ENOUGH',
    })
    expect(span?.status.code).toBe(SpanStatusCode.UNSET)
  })

  test('a call without a trustworthy reply is an error of its code', async () => {
    watch()
    const { cashier, order, clock } = openShop()
    await cashier.start(order('30'))
    await clock.advance(30 * SECOND)
    const [span] = named('alipay.trade.pay')
    expect(span?.attributes).toMatchObject({ 'error.type': 'UNKNOWN_CONNECTION_LOST' })
    expect(span?.status).toMatchObject({ code: SpanStatusCode.ERROR, message: expect.stringContaining('Money may') })
  })

  test('a call made in a request is its child, and what its transport does is the call’s', async () => {
    watch()
    const { simulator, cashier, order, clock } = openShop()
    const alipay = createAlipay({
      appId: simulator.appId,
      privateKey: simulator.appPrivateKey,
      alipayPublicKey: simulator.alipayPublicKey,
      gateway: 'http://alipay.test/gateway.do',
      clock,
      transport: (request) =>
        tracer.startActiveSpan('POST', async (span) => {
          try {
            return await simulator.transport(request)
          } finally {
            span.end()
          }
        }),
    })
    await cashier.pay(order('00'))
    exporter.reset()
    await tracer.startActiveSpan('request', async (request) => {
      await alipay.query({ out_trade_no: 'T1' })
      expect(trace.getActiveSpan()).toBe(request)
      request.end()
    })
    const [post, query, request] = spans()
    expect([post?.name, query?.name, request?.name]).toEqual(['POST', 'alipay.trade.query', 'request'])
    expect(query?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
    expect(post?.parentSpanContext?.spanId).toBe(query?.spanContext().spanId)
  })

  test('queries planned by a timer begin traces of their own, not of the request that was there first', async () => {
    watch()
    const { cashier, order, clock } = openShop()
    await tracer.startActiveSpan('request', async (request) => {
      await cashier.start(order('03'))
      request.end()
    })
    await clock.advance(20 * SECOND)
    const [request] = named('request')
    expect(named('alipay.trade.pay')[0]?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
    expect(named('alipay.trade.query').length).toBeGreaterThan(0)
    for (const query of named('alipay.trade.query')) expect(query.parentSpanContext).toBeUndefined()
  })

  test('a notification holds its verification; a refused one has the code', async () => {
    watch()
    const { cashier, order, clock } = openShop()
    await cashier.start(order('03'))
    await clock.advance(20 * SECOND)
    await cashier.handleNotify('sign=forged')
    const [genuine, forged] = named('f2f notification')
    expect(genuine?.attributes).toEqual({
      'f2f.notification.reply': 'success',
      'f2f.out_trade_no': 'T1',
      'f2f.trade.status': 'TRADE_SUCCESS',
    })
    expect(forged?.attributes).toMatchObject({ 'f2f.notification.reply': 'fail', 'error.type': 'NOTIFY_BAD_SIGNATURE' })
    const [verified, refused] = named('f2f verify notification')
    expect(verified?.parentSpanContext?.spanId).toBe(genuine?.spanContext().spanId)
    expect(refused?.status.code).toBe(SpanStatusCode.ERROR)
  })

  test('a delivery that fails names the class of what was thrown, and keeps its words to itself', async () => {
    watch()
    const { cashier, order, clock } = openShop({
      onSettled: () => {
        throw new RangeError('password=hunter2')
      },
    })
    await cashier.pay(order('00'))
    await clock.advance(1_500)
    const [first, second] = named('f2f onSettled')
    expect(first?.attributes).toEqual({
      'f2f.out_trade_no': 'T1',
      'f2f.delivery.attempt': 1,
      'error.type': 'RangeError',
    })
    expect(first?.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(second?.attributes).toMatchObject({ 'f2f.delivery.attempt': 2 })
    expect(JSON.stringify(spans().map(({ attributes, status, events }) => [attributes, status, events]))).not.toContain(
      'hunter2',
    )
  })

  test('stopping ends what is open and makes no more', async () => {
    const stop = watch()
    const { cashier, order, clock } = openShop()
    await cashier.start(order('32'))
    await clock.advance(SECOND)
    stop()
    expect(named('alipay.trade.pay')).toHaveLength(1)
    const before = spans().length
    await clock.advance(60 * SECOND)
    expect(spans()).toHaveLength(before)
  })
})
