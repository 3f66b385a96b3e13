import { describe, expect, it } from 'vitest'
import type { ApiName } from '../../src/api/index.ts'
import { goodsLine, refusedField } from './requests.ts'

const order = {
  subject: 256,
  body: 400,
  operator_id: 28,
  store_id: 32,
  terminal_id: 32,
  product_code: 64,
  merchant_order_no: 32,
  disable_pay_channels: 128,
  passback_params: 512,
  business_params: 512,
  'query_options[0]': 1024,
  'business_params.mc_create_trade_ip': 128,
  'extend_params.sys_service_provider_id': 64,
  'extend_params.industry_reflux_info': 512,
  'extend_params.card_type': 32,
  'extend_params.specified_seller_name': 32,
}

const goods = {
  goods_id: 64,
  goods_name: 256,
  goods_category: 24,
  categories_tree: 128,
  body: 1000,
  show_url: 400,
  alipay_goods_id: 32,
  out_item_id: 64,
  out_sku_id: 64,
}

const royalty = {
  trans_out: 64,
  trans_out_type: 64,
  trans_in: 64,
  trans_in_type: 64,
  trans_in_name: 64,
  desc: 1000,
  royalty_scene: 256,
}

const limits: Readonly<Partial<Record<ApiName, Readonly<Record<string, number>>>>> = {
  pay: {
    ...order,
    out_trade_no: 64,
    seller_id: 28,
    buyer_id: 28,
    'promo_params.actual_order_time': 32,
    terminal_params: 2048,
    auth_confirm_mode: 32,
    trans_currency: 8,
    settle_currency: 8,
  },
  precreate: { ...order, out_trade_no: 64, seller_id: 32, enable_pay_channels: 128, buyer_logon_id: 100 },
  query: { out_trade_no: 64, trade_no: 64, org_pid: 16, 'query_options[0]': 1024 },
  cancel: { out_trade_no: 64, trade_no: 64 },
  close: { out_trade_no: 64, trade_no: 64, operator_id: 28 },
  refund: {
    out_trade_no: 64,
    trade_no: 64,
    out_request_no: 64,
    refund_reason: 256,
    operator_id: 30,
    store_id: 32,
    terminal_id: 32,
    refund_currency: 8,
    org_pid: 16,
    'query_options[0]': 1024,
  },
  refundQuery: { out_trade_no: 64, trade_no: 64, out_request_no: 64, org_pid: 16, 'query_options[0]': 1024 },
  appAuthToken: { code: 40 },
  appAuthTokenQuery: { app_auth_token: 40 },
  settle: { trade_no: 64, out_request_no: 64, operator_id: 64 },
  heartbeat: {
    equipment_id: 32,
    store_id: 32,
    sys_service_provider_id: 16,
    mac: 64,
    network_type: 4,
    extend_info: 256,
  },
}

/** `{ a: { b: value } }` for `a.b`, `{ a: [value] }` for `a[0]`. */
const at = (path: string, value: string): Record<string, unknown> => {
  const [, name = '', inner] = /^(\w+)(?:\.(\w+)|\[0\])?$/.exec(path) ?? []
  if (path.endsWith('[0]')) return { [name]: [value] }
  return { [name]: inner === undefined ? value : { [inner]: value } }
}

const rows = Object.entries(limits).flatMap(([api, fields]) =>
  Object.entries(fields).map(([path, max]) => [api as ApiName, path, max] as const),
)

describe('the longest text', () => {
  it.each(rows)('%s.%s has at most %i characters', (api, path, max) => {
    expect(refusedField(api, at(path, 'x'.repeat(max)))).toBeUndefined()
    expect(refusedField(api, at(path, 'x'.repeat(max + 1)))).toBe(path)
  })

  it.each(Object.entries(goods))('goods_detail[].%s has at most %i characters', (name, max) => {
    for (const api of ['pay', 'precreate', 'refund'] as const) {
      const line = (length: number) => ({ goods_detail: [{ ...goodsLine, [name]: 'x'.repeat(length) }] })
      expect(refusedField(api, line(max))).toBeUndefined()
      expect(refusedField(api, line(max + 1))).toBe(`goods_detail[0].${name}`)
    }
  })

  it.each(Object.entries(royalty))('royalty parameters: %s has at most %i characters', (name, max) => {
    const share = (length: number) => [{ trans_in: '2088101126708402', [name]: 'x'.repeat(length) }]
    for (const [api, field] of [
      ['settle', 'royalty_parameters'],
      ['refund', 'refund_royalty_parameters'],
    ] as const) {
      expect(refusedField(api, { [field]: share(max) })).toBeUndefined()
      expect(refusedField(api, { [field]: share(max + 1) })).toBe(`${field}[0].${name}`)
    }
  })

  it('counts Chinese characters and emoji once each', () => {
    expect(refusedField('pay', { subject: '码'.repeat(256) })).toBeUndefined()
    expect(refusedField('pay', { subject: '😀'.repeat(256) })).toBeUndefined()
    expect(refusedField('pay', { subject: '😀'.repeat(257) })).toBe('subject')
  })

  it('takes at most 150 goods', () => {
    for (const api of ['pay', 'precreate', 'refund'] as const) {
      expect(refusedField(api, { goods_detail: Array(150).fill(goodsLine) })).toBeUndefined()
      expect(refusedField(api, { goods_detail: Array(151).fill(goodsLine) })).toBe('goods_detail')
    }
  })
})
