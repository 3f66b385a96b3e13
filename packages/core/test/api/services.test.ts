import { describe, expect, it } from 'vitest'
import { refusal, refusedField } from './requests.ts'

describe('billDownloadUrl', () => {
  it.each(['2016-04-05', '2024-02-29', '2023-12-31', '2016-04', '2016-12'])('takes the date %s', (bill_date) => {
    expect(refusedField('billDownloadUrl', { bill_date })).toBeUndefined()
  })

  it.each([
    '',
    '2016',
    '2016-4-5',
    '2016-13',
    '2016-00',
    '2016-04-00',
    '2016-04-31',
    '2023-02-29',
    '1900-02-29',
    '20160405',
    '2016/04/05',
    '2016-04-05 ',
    '2016-04-05 00:00:00',
    '２016-04-05',
    20160405,
  ])('refuses the date %j', (bill_date) => {
    expect(refusal('billDownloadUrl', { bill_type: 'trade', bill_date })).toEqual([
      'bill_date',
      'must be a day or a month that exists, written yyyy-MM-dd or yyyy-MM',
    ])
  })

  it.each(['trade', 'signcustomer', 'merchant_act', 'zft_acc', 'settlementMerge', 'trade_zft_merchant'])(
    'takes the type %s',
    (bill_type) => {
      expect(refusedField('billDownloadUrl', { bill_type })).toBeUndefined()
    },
  )

  it.each(['', 'Trade', 'all', 1])('refuses the type %j', (bill_type) => {
    expect(refusedField('billDownloadUrl', { bill_type })).toBe('bill_type')
  })

  it('takes the merchant behind a platform only with its own type', () => {
    expect(refusedField('billDownloadUrl', { bill_type: 'trade_zft_merchant', smid: '2088' })).toBeUndefined()
    expect(refusedField('billDownloadUrl', { bill_type: 'trade', smid: '2088' })).toBe('smid')
  })
})

describe('appAuthToken', () => {
  it.each([
    [{ grant_type: 'authorization_code', code: 'c' }, undefined],
    [{ grant_type: 'refresh_token', refresh_token: 'r' }, undefined],
    [{ grant_type: 'authorization_code' }, 'code'],
    [{ grant_type: 'refresh_token' }, 'refresh_token'],
    [{ grant_type: 'authorization_code', code: 'c', refresh_token: 'r' }, 'refresh_token'],
    [{ grant_type: 'refresh_token', code: 'c', refresh_token: 'r' }, 'code'],
    [{ grant_type: 'authorization_code', refresh_token: 'r' }, 'refresh_token'],
    [{ grant_type: 'password', code: 'c' }, 'grant_type'],
    [{ code: 'c' }, 'grant_type'],
    [{ grant_type: 'authorization_code', code: '' }, 'code'],
    [{ grant_type: 'refresh_token', refresh_token: 'r'.repeat(41) }, 'refresh_token'],
  ])('%j is refused for %s', (content, field) => {
    expect(refusal('appAuthToken', content)?.[0]).toBe(field)
  })
})

describe('heartbeat', () => {
  const trade = { OTN: '201508011234', TC: 1.2, STAT: 'S' }

  it.each([
    { trade_info: [trade, { ...trade, TC: 99, STAT: 'C' }, { ...trade, TC: '5.315', STAT: 'X' }] },
    { trade_info: Array(30).fill(trade) },
    { trade_info: 'S16460201I16470299' },
    { exception_info: 'HE_PRINTER' },
    { exception_info: 'HE_PRINTER|HE_SCANER|HE_OTHER' },
    { extend_info: '{"SHOP_ID":"BJ_ZZ_001"}' },
    { extend_info: { SHOP_ID: 'BJ_ZZ_001' } },
    { store_id: 'DF', network_type: 'WIFI', mac: '01-23-45-67-89-AB', manufacturer_app_id: '2088' },
  ])('takes %j', (members) => {
    expect(refusedField('heartbeat', members)).toBeUndefined()
  })

  it.each([
    ['product', { product: 'XX' }],
    ['type', { type: 'TILL' }],
    ['equipment_id', { equipment_id: '' }],
    ['equipment_status', { equipment_status: '50' }],
    ['equipment_status', { equipment_status: 10 }],
    ['time', { time: '2015-01-22 16:46' }],
    ['trade_info', { trade_info: Array(31).fill(trade) }],
    ['trade_info[0].STAT', { trade_info: [{ ...trade, STAT: 'Q' }] }],
    ['trade_info[0].TC', { trade_info: [{ ...trade, TC: 100 }] }],
    ['trade_info[0].TC', { trade_info: [{ ...trade, TC: -1 }] }],
    ['trade_info[0].TC', { trade_info: [{ ...trade, TC: '1e1' }] }],
    ['trade_info[1].OTN', { trade_info: [trade, { TC: 1, STAT: 'S' }] }],
    ['exception_info', { exception_info: 'HE_PRINTER,HE_OTHER' }],
    ['exception_info', { exception_info: 'HE_PRINTER|' }],
  ])('refuses a wrong %s', (field, members) => {
    expect(refusedField('heartbeat', members)).toBe(field)
  })
})

describe('alipayCertDownload', () => {
  it.each(['', 'x'.repeat(32), '687B59193F3F462DD5336E5ABF83C5D8', '687b59193f3f462dd5336e5abf83c5d', 1])(
    'refuses the serial %j',
    (alipay_cert_sn) => {
      expect(refusedField('alipayCertDownload', { alipay_cert_sn })).toBe('alipay_cert_sn')
    },
  )
})
