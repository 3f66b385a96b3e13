import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApiName } from '../../src/api/index.ts'
import { goodsLine, refusal, refusedField, withMembers } from './requests.ts'

const named: readonly ApiName[] = ['pay', 'precreate', 'query', 'cancel', 'close', 'refund', 'refundQuery']

describe.each(named)('out_trade_no of %s', (api) => {
  it.each(['a', 'A_1', '_', '0', 'x'.repeat(64), '20150320010101001'])('may be %s', (value) => {
    expect(refusedField(api, { out_trade_no: value })).toBeUndefined()
  })

  it.each(['', ' ', 'a-b', 'a.b', 'a b', 'a/b', '订单', 'a\n', '\na', 'é', 'x'.repeat(65), 1, ['a'], {}])(
    'must not be %j',
    (value) => {
      expect(refusal(api, withMembers(api, { out_trade_no: value }))).toEqual([
        'out_trade_no',
        'must be 1 to 64 letters, digits or underscores',
      ])
    },
  )

  it('is made of ASCII letters, digits and underscores, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (value) => {
        const good = /^[A-Za-z0-9_]{1,64}$/.test(value)
        expect(refusedField(api, { out_trade_no: value })).toBe(good ? undefined : 'out_trade_no')
      }),
    )
  })
})

describe('auth_code', () => {
  it.each([`25${'0'.repeat(14)}`, '28763443825664394', `30${'9'.repeat(22)}`, 'fp0123456789abcdef0123456789abcdef0'])(
    'may be %s',
    (code) => {
      expect(refusedField('pay', { auth_code: code })).toBeUndefined()
    },
  )

  it.each([
    ['a WeChat code', '134567890123456789', 'WeChat'],
    ['a UnionPay code', '6212345678901234567', 'UnionPay'],
    ['an Alipay code with a blank', '2876344382 5664394', 'must not contain blanks; without them it is an Alipay'],
    [
      'an Alipay code with a line end',
      '28763443825664394\r\n',
      'must not contain blanks; without them it is an Alipay',
    ],
    ['a WeChat code with blanks', ' 134567890123456789', 'must not contain blanks; without them it is a WeChat'],
    ['a UnionPay code with a wide blank', '6212345678901234567\u3000', 'without them it is a UnionPay'],
    ['15 digits', '287634438256643', 'known wallet'],
    ['25 digits', '2876344382566439412345678', 'known wallet'],
    ['an unknown prefix', '31763443825664394', 'known wallet'],
    ['the text of a QR code', 'https://qr.alipay.com/bax00005', 'no payment code'],
    ['full-width digits', '２８763443825664394', 'no payment code'],
    ['nothing', '', 'known wallet'],
    ['a number', 2876344382566439, 'must be a string'],
  ])('must not be %s', (_, code, words) => {
    const [field, rule] = refusal('pay', withMembers('pay', { auth_code: code })) ?? []
    expect(field).toBe('auth_code')
    expect(rule).toContain(words)
  })
})

describe.each(['pay', 'precreate'] as const)('the order of %s', (api) => {
  it.each(['', 'a/b', 'a=b', 'a&b', '/', ' ', '\u3000\n', 'half \ud83d', 'x'.repeat(257), 5])(
    'must not have the subject %j',
    (subject) => {
      expect(refusedField(api, { subject })).toBe('subject')
    },
  )

  it.each(['拿铁 大杯', 'a', '"quoted" <b>', 'line\nbreak'])('may have the subject %j', (subject) => {
    expect(refusedField(api, { subject })).toBeUndefined()
  })

  it.each(['1m', '5m', '90m', '21600m', '1h', '360h', '1d', '15d', '1c'])('may time out after %s', (value) => {
    expect(refusedField(api, { timeout_express: value })).toBeUndefined()
  })

  it.each(['', '0m', '21601m', '361h', '16d', '2c', '1.5h', '90', 'm', '05m', '1M', ' 1m', '-1m', '99999d', 90])(
    'must not time out after %j',
    (value) => {
      expect(refusedField(api, { timeout_express: value })).toBe('timeout_express')
    },
  )

  it.each(['2026-11-21 00:00:00', '2024-02-29 23:59:59', '2000-02-29 12:00:00'])('may expire at %s', (value) => {
    expect(refusedField(api, { time_expire: value })).toBeUndefined()
  })

  it.each([
    '2026-11-21',
    '2026-11-21 00:00',
    '2026-11-21T00:00:00',
    '2026-11-21 24:00:00',
    '2026-11-21 00:60:00',
    '2026-02-29 00:00:00',
    '2100-02-29 00:00:00',
    '2026-04-31 00:00:00',
    '2026-13-01 00:00:00',
    '2026-00-01 00:00:00',
    '2026-01-00 00:00:00',
    '2026-1-1 00:00:00',
    '2026-11-21 00:00:00 ',
    1763683200,
  ])('must not expire at %j', (value) => {
    expect(refusedField(api, { time_expire: value })).toBe('time_expire')
  })

  it.each([
    [{ quantity: 0 }, 'quantity'],
    [{ quantity: -1 }, 'quantity'],
    [{ quantity: 'two' }, 'quantity'],
    [{ quantity: Number.NaN }, 'quantity'],
    [{ quantity: Number.POSITIVE_INFINITY }, 'quantity'],
    [{ quantity: '0.0' }, 'quantity'],
    [{ goods_id: undefined }, 'goods_id'],
    [{ goods_id: 'a b' }, 'goods_id'],
    [{ goods_name: undefined }, 'goods_name'],
    [{ price: undefined }, 'price'],
  ])('refuses a goods line with %j', (members, name) => {
    expect(refusedField(api, { goods_detail: [{ ...goodsLine, ...members }] })).toBe(`goods_detail[0].${name}`)
  })

  it.each([{ quantity: 2 }, { quantity: '2' }, { quantity: 0.5 }, { price: '0.00' }, { something_new: 1 }])(
    'takes a goods line with %j',
    (members) => {
      expect(refusedField(api, { goods_detail: [{ ...goodsLine, ...members }] })).toBeUndefined()
    },
  )

  it.each([
    ['goods_detail', goodsLine],
    ['extend_params', '{}'],
    ['extend_params', []],
    ['query_options', 'fund_bill_list'],
    ['business_params', 5],
    ['ext_user_info', 'x'],
    ['settle_info', {}],
    ['settle_info', { settle_detail_infos: [], settle_period_time: '366d' }],
    ['settle_info', { settle_detail_infos: [{ amount: '1.00', settle_entity_type: 'Shop' }] }],
    ['settle_info', { settle_detail_infos: Array(11).fill({ amount: '1.00' }) }],
    ['sub_merchant', { merchant_type: 'alipay' }],
  ])('refuses %s of the wrong form: %j', (field, value) => {
    expect(refusedField(api, { [field]: value })?.startsWith(field)).toBe(true)
  })

  it('takes the members of other products', () => {
    expect(
      refusedField(api, {
        business_params: { mc_create_trade_ip: '127.0.0.1', anything: 1 },
        settle_info: { settle_detail_infos: [{ amount: '88.88', trans_in_type: 'userId' }], settle_period_time: '7d' },
        sub_merchant: { merchant_id: '2088000603999128', merchant_type: 'alipay' },
        ext_user_info: { name: '李明' },
        extend_params: { hb_fq_num: '3', hb_fq_seller_percent: '100' },
        query_options: ['fund_bill_list', 'voucher_detail_list'],
      }),
    ).toBeUndefined()
  })
})

describe('pay', () => {
  it.each(['bar_code', 'security_code', 'wave_code', 'bar_code,wave_code', undefined])('may have scene %s', (scene) => {
    expect(refusedField('pay', { scene })).toBeUndefined()
  })

  it.each(['', 'BAR_CODE', 'bar', 1])('must not have scene %j', (scene) => {
    expect(refusedField('pay', { scene })).toBe('scene')
  })
})

describe('precreate', () => {
  it('may limit how long the QR code lives', () => {
    expect(refusedField('precreate', { qr_code_timeout_express: '90m' })).toBeUndefined()
    expect(refusedField('precreate', { qr_code_timeout_express: '16d' })).toBe('qr_code_timeout_express')
  })

  it('takes either allowed or forbidden funding, not both', () => {
    expect(refusedField('precreate', { enable_pay_channels: 'pcredit' })).toBeUndefined()
    expect(refusedField('precreate', { disable_pay_channels: 'pcredit' })).toBeUndefined()
    expect(refusedField('precreate', { enable_pay_channels: 'pcredit', disable_pay_channels: 'point' })).toBe(
      'enable_pay_channels',
    )
  })
})
