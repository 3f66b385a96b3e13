import { describe, expect, it } from 'vitest'
import { goodsLine, refusal, refusedField, smallest, withMembers } from './requests.ts'

const TRADE_NO = '2017082221001004710224447407'

describe.each(['query', 'cancel', 'close', 'refund', 'refundQuery'] as const)('%s', (api) => {
  it('names the trade by the merchant’s number, by Alipay’s, or by both', () => {
    expect(refusedField(api, {})).toBeUndefined()
    expect(refusedField(api, { out_trade_no: undefined, trade_no: TRADE_NO })).toBeUndefined()
    expect(refusedField(api, { trade_no: TRADE_NO })).toBeUndefined()
  })

  it('needs one of them', () => {
    expect(refusal(api, withMembers(api, { out_trade_no: undefined }))).toEqual([
      'out_trade_no',
      'is required unless trade_no is given',
    ])
  })

  it.each(['', ' ', 'a b', `${TRADE_NO} `, 'x'.repeat(65), 2017])('must not have the trade number %j', (value) => {
    expect(refusedField(api, { trade_no: value })).toBe('trade_no')
  })
})

it('close wants at least 16 characters of a trade number', () => {
  expect(refusedField('close', { trade_no: 'x'.repeat(15) })).toBe('trade_no')
  expect(refusedField('close', { trade_no: 'x'.repeat(16) })).toBeUndefined()
  expect(refusedField('query', { trade_no: 'x'.repeat(15) })).toBeUndefined()
})

describe('refund', () => {
  it('needs its own number, because only that makes a repeat harmless', () => {
    expect(refusal('refund', withMembers('refund', { out_request_no: undefined }))).toEqual([
      'out_request_no',
      'is required',
    ])
    for (const bad of ['', ' ', 'a b', 'x'.repeat(65), 1]) {
      expect(refusedField('refund', { out_request_no: bad })).toBe('out_request_no')
    }
    expect(refusedField('refund', { out_request_no: 'HZ-01/RF.001' })).toBeUndefined()
  })

  it.each([
    'amount',
    'refund_fee',
    'notify_url',
    'total_amount',
    'subject',
    'auth_code',
    'Refund_amount',
    'refund_reason ',
    '__proto__x',
    'constructor',
    'toString',
  ])('refuses the undocumented field %j', (name) => {
    const [field, rule] = refusal('refund', withMembers('refund', { [name]: '1' })) ?? []
    expect(field).toBe(name)
    expect(rule).toContain('is not documented for a refund')
  })

  it.each([
    ['goods_detail[0].colour', { goods_detail: [{ ...goodsLine, colour: 'red' }] }],
    ['refund_goods_detail[0].price', { refund_goods_detail: [{ goods_id: 'a', refund_amount: '1', price: '1' }] }],
    ['refund_royalty_parameters[0].x', { refund_royalty_parameters: [{ trans_in: 'a', amount: '1', x: '1' }] }],
  ])('refuses the undocumented %s inside a list', (field, members) => {
    expect(refusal('refund', withMembers('refund', members))).toEqual([
      field,
      'is not documented for a refund: such fields can make it fail or happen twice',
    ])
  })

  it('lets an undefined field of any name be, because it is never sent', () => {
    expect(refusedField('refund', { whatever: undefined })).toBeUndefined()
  })

  it('takes every documented field at once', () => {
    expect(
      refusedField('refund', {
        trade_no: TRADE_NO,
        refund_reason: '正常退款',
        operator_id: 'OP001',
        store_id: 'NJ_S_001',
        terminal_id: 'NJ_T_001',
        refund_currency: 'CNY',
        org_pid: '2088101117952222',
        goods_detail: [{ ...goodsLine, alipay_goods_id: '20010001' }],
        refund_goods_detail: [{ goods_id: 'apple-01', refund_amount: '19.50', out_certificate_no_list: ['c1'] }],
        refund_royalty_parameters: [
          {
            royalty_type: 'transfer',
            trans_out: '2088101126765726',
            trans_out_type: 'userId',
            trans_in: 'somebody.with.a.long.name@example.com',
            trans_in_type: 'loginName',
            trans_in_name: '张三',
            amount: '0.10',
            amount_percentage: 100,
            desc: '分账',
            royalty_scene: '达人佣金',
          },
        ],
        query_options: ['refund_detail_item_list', 'deposit_back_info'],
        refund_advance_account: '2088101117952222',
        refund_advance_account_type: 'userId',
        refund_trans_out: '2088101117952222',
        refund_trans_out_type: 'userId',
        related_settle_confirm_no: '20190101',
      }),
    ).toBeUndefined()
  })

  it.each([
    ['refund_goods_detail[0].goods_id', { refund_goods_detail: [{ refund_amount: '1' }] }],
    ['refund_goods_detail[0].refund_amount', { refund_goods_detail: [{ goods_id: 'a' }] }],
    ['refund_royalty_parameters[0].trans_in', { refund_royalty_parameters: [{ amount: '1' }] }],
    [
      'refund_royalty_parameters[0].royalty_type',
      { refund_royalty_parameters: [{ trans_in: 'a', royalty_type: 'x' }] },
    ],
    [
      'refund_royalty_parameters[0].amount_percentage',
      { refund_royalty_parameters: [{ trans_in: 'a', amount_percentage: 101 }] },
    ],
    ['refund_advance_account_type', { refund_advance_account_type: 'email' }],
    ['refund_trans_out_type', { refund_trans_out_type: 'default' }],
  ])('refuses a wrong %s', (field, members) => {
    expect(refusedField('refund', members)).toBe(field)
  })
})

describe('settle', () => {
  const { royalty_parameters: _, ...bare } = smallest.settle

  it('needs a share, unless it ends the sharing', () => {
    expect(refusal('settle', bare)?.[0]).toBe('royalty_parameters')
    expect(refusal('settle', { ...bare, royalty_parameters: [] })?.[0]).toBe('royalty_parameters')
    expect(refusal('settle', { ...bare, extend_params: { royalty_finish: 'false' } })?.[0]).toBe('royalty_parameters')
    expect(refusal('settle', { ...bare, extend_params: { royalty_finish: 'true' } })).toBeUndefined()
  })

  it.each([
    ['out_request_no', { out_request_no: 'a-b' }],
    ['royalty_mode', { royalty_mode: 'later' }],
    ['royalty_parameters[0].trans_in', { royalty_parameters: [{ amount: '1.00' }] }],
    ['extend_params.royalty_finish', { extend_params: { royalty_finish: true } }],
    ['extend_params.royalty_finish_amount', { extend_params: { royalty_finish_amount: '1.00' } }],
    ['extend_params.royalty_finish_amount', { extend_params: { royalty_finish: 'true', royalty_finish_amount: '0' } }],
  ])('refuses a wrong %s', (field, members) => {
    expect(refusedField('settle', members)).toBe(field)
  })

  it('may free a part', () => {
    const extend_params = { royalty_finish: 'true', royalty_finish_amount: '1.00' }
    expect(refusedField('settle', { extend_params, royalty_mode: 'async' })).toBeUndefined()
  })
})
