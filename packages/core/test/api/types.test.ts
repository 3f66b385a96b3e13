import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  APIS,
  type ApiName,
  type ApiReplies,
  type ApiRequests,
  type AppAuthTokenRequest,
  type TradePayReply,
  type TradePayRequest,
  type TradeQueryReply,
  type TradeQueryRequest,
  type TradeRefundRequest,
} from '../../src/api/index.ts'
import { shape, text } from '../../src/api/rules.ts'

describe('the table of APIs', () => {
  it('has Alipay’s name of each, and says which can move money', () => {
    const table = Object.entries(APIS).map(([name, { method, movesMoney }]) => [name, method, movesMoney])
    expect(table).toEqual([
      ['pay', 'alipay.trade.pay', true],
      ['precreate', 'alipay.trade.precreate', false],
      ['query', 'alipay.trade.query', false],
      ['cancel', 'alipay.trade.cancel', true],
      ['close', 'alipay.trade.close', false],
      ['refund', 'alipay.trade.refund', true],
      ['refundQuery', 'alipay.trade.fastpay.refund.query', false],
      ['billDownloadUrl', 'alipay.data.dataservice.bill.downloadurl.query', false],
      ['appAuthToken', 'alipay.open.auth.token.app', false],
      ['appAuthTokenQuery', 'alipay.open.auth.token.app.query', false],
      ['settle', 'alipay.trade.order.settle', true],
      ['heartbeat', 'monitor.heartbeat.syn', false],
      ['alipayCertDownload', 'alipay.open.app.alipaycert.download', false],
    ])
  })

  it('has the same names as the maps of requests and replies', () => {
    expectTypeOf<keyof typeof APIS>().toEqualTypeOf<ApiName>()
    expectTypeOf<keyof ApiReplies>().toEqualTypeOf<keyof ApiRequests>()
    expectTypeOf<ApiRequests['pay']>().toEqualTypeOf<TradePayRequest>()
    expectTypeOf<ApiReplies['pay']>().toEqualTypeOf<TradePayReply>()
  })
})

describe('requests', () => {
  it('want amounts as strings', () => {
    expectTypeOf<TradePayRequest['total_amount']>().toEqualTypeOf<string>()
    const order = { out_trade_no: 'a', auth_code: '28763443825664394', subject: 'Coffee' }
    expectTypeOf({ ...order, total_amount: '1.00' }).toExtend<TradePayRequest>()
    expectTypeOf({ ...order, total_amount: 1 }).not.toExtend<TradePayRequest>()
    expectTypeOf(order).not.toExtend<TradePayRequest>()
  })

  it('let unknown and undefined members through', () => {
    const request: TradeQueryRequest = { out_trade_no: 'a', trade_no: undefined, something_new: [1] }
    expectTypeOf(request.something_new).toEqualTypeOf<unknown>()
  })

  it('name the trade in at least one way', () => {
    // @ts-expect-error neither number is there
    const none: TradeQueryRequest = { query_options: [] }
    const both: TradeQueryRequest = { out_trade_no: 'a', trade_no: 'b' }
    expect([none, both]).toHaveLength(2)
  })

  it('of a refund let nothing undocumented through', () => {
    const refund = { out_trade_no: 'a', out_request_no: 'r', refund_amount: '1.00' }
    const good: TradeRefundRequest = { ...refund, refund_reason: undefined }
    // @ts-expect-error not a field of a refund
    const bad: TradeRefundRequest = { out_trade_no: 'a', out_request_no: 'r', refund_amount: '1.00', notify_url: '' }
    // @ts-expect-error the refund's own number is missing
    const anonymous: TradeRefundRequest = { out_trade_no: 'a', refund_amount: '1.00' }
    expect([good, bad, anonymous]).toHaveLength(3)
  })

  it('of a token fit their grant', () => {
    expectTypeOf({ grant_type: 'refresh_token' as const, refresh_token: 'r' }).toExtend<AppAuthTokenRequest>()
    expectTypeOf({ grant_type: 'refresh_token' as const, code: 'c' }).not.toExtend<AppAuthTokenRequest>()
  })
})

describe('replies', () => {
  it('always have a code and words, everything else perhaps', () => {
    expectTypeOf<{ code: '10000'; msg: 'Success' }>().toExtend<TradePayReply>()
    expectTypeOf<{ code: '10000' }>().not.toExtend<TradePayReply>()
    expectTypeOf<TradePayReply['trade_no']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<string>().toExtend<TradePayReply['code']>()
    expectTypeOf<'10003'>().toExtend<TradePayReply['code']>()
  })

  it('let members through that are not spelled out', () => {
    expectTypeOf<TradeQueryReply['something_new']>().toEqualTypeOf<unknown>()
    expectTypeOf<TradeQueryReply['trade_status']>().toExtend<string | undefined>()
  })
})

describe('rules', () => {
  it('cover exactly the members a type spells out', () => {
    interface Coin {
      readonly side: string
      readonly [name: string]: unknown
    }
    expect(shape<Coin>({ fields: { side: text() } })({ side: 'head' })).toBeUndefined()
    // @ts-expect-error no rule for `side`
    expect(shape<Coin>({ fields: {} })({})).toBeUndefined()
    // @ts-expect-error `edge` is no member of a coin
    expect(shape<Coin>({ fields: { side: text(), edge: text() } })({})).toBeUndefined()
  })
})
