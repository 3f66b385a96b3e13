import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApiName } from '../../src/api/index.ts'
import { fen, MAX_FEN, yuan } from '../../src/money.ts'
import { goodsLine, refusedField } from './requests.ts'

const moneyFields: readonly (readonly [ApiName, string])[] = [
  ['pay', 'total_amount'],
  ['precreate', 'total_amount'],
  ['refund', 'refund_amount'],
]

const good = ['0.01', '0.1', '1', '88.8', '88.88', '99999999.99', '100000000', '100000000.0', '100000000.00']

const bad = [
  0,
  1,
  88.88,
  Number.NaN,
  1n,
  true,
  {},
  ['88.88'],
  '',
  '0',
  '0.0',
  '0.00',
  '0.001',
  '-1',
  '+1',
  '-0.01',
  '1.001',
  '1e2',
  '1E2',
  'abc',
  '100000000.01',
  '1000000000',
  '9'.repeat(400),
  ' 1',
  '1 ',
  '1\n',
  '01',
  '00.01',
  '1.',
  '.5',
  '1,00',
  '1,000.00',
  '0x10',
  '￥1',
  '１',
  'Infinity',
  'NaN',
]

describe.each(moneyFields)('%s.%s', (api, field) => {
  it.each(good)('takes %j', (value) => {
    expect(refusedField(api, { [field]: value })).toBeUndefined()
  })

  it.each(bad.map((value) => [String(value), value]))('refuses %s', (_, value) => {
    expect(refusedField(api, { [field]: value })).toBe(field)
  })

  it('takes every amount of fen this toolkit writes, from one fen to the most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_FEN }), (amount) => {
        expect(refusedField(api, { [field]: yuan(amount) })).toBeUndefined()
      }),
    )
  })

  it('takes a text exactly when it is yuan of at least one fen', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-+]?\d{0,10}\.?\d{0,3}$/), fc.double().map(String))
    const isMoney = (value: string) => {
      try {
        return fen(value) >= 1
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(text, (value) => {
        expect(refusedField(api, { [field]: value }) === undefined).toBe(isMoney(value))
      }),
    )
  })

  it('refuses every number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer()), (value) => {
        expect(refusedField(api, { [field]: value })).toBe(field)
      }),
    )
  })
})

describe.each(['pay', 'precreate'] as const)('the parts of %s', (api) => {
  const parts = (total: number, part: number, rest: number) => ({
    total_amount: yuan(total),
    discountable_amount: yuan(part),
    undiscountable_amount: yuan(rest),
  })

  it('add up to the total, to the fen', () => {
    const share = fc.integer({ min: 1, max: MAX_FEN / 2 })
    fc.assert(
      fc.property(share, share, fc.integer({ min: -1, max: 1 }), (part, rest, off) => {
        const total = Math.max(1, part + rest + off)
        expect(refusedField(api, parts(total, part, rest))).toBe(total === part + rest ? undefined : 'total_amount')
      }),
    )
  })

  it('are not compared unless both are given', () => {
    expect(refusedField(api, { total_amount: '10.00', discountable_amount: '1.00' })).toBeUndefined()
    expect(refusedField(api, { total_amount: '10.00', undiscountable_amount: '1.00' })).toBeUndefined()
  })

  it('may be nothing, which means no discount', () => {
    expect(refusedField(api, parts(1000, 0, 1000))).toBeUndefined()
    expect(refusedField(api, { discountable_amount: '0' })).toBeUndefined()
  })
})

it.each([
  ['pay', { goods_detail: [{ ...goodsLine, price: 2000 }] }, 'goods_detail[0].price'],
  ['pay', { goods_detail: [{ ...goodsLine, price: '1.001' }] }, 'goods_detail[0].price'],
  ['refund', { refund_goods_detail: [{ goods_id: 'a', refund_amount: 1 }] }, 'refund_goods_detail[0].refund_amount'],
  ['refund', { refund_royalty_parameters: [{ trans_in: 'a', amount: '0' }] }, 'refund_royalty_parameters[0].amount'],
  ['settle', { royalty_parameters: [{ trans_in: 'a', amount: 0.1 }] }, 'royalty_parameters[0].amount'],
  ['precreate', { settle_info: { settle_detail_infos: [{ amount: 1 }] } }, 'settle_info.settle_detail_infos[0].amount'],
] as const)('%s holds amounts inside lists to the same rule', (api, members, field) => {
  expect(refusedField(api, members)).toBe(field)
})
