import { describe, expect, it } from 'vitest'
import { APIS, type ApiName, checkRequest } from '../../src/api/index.ts'
import { amount, id, list, oneOf, shape, text, textOr, wholeNumber } from '../../src/api/rules.ts'
import { F2fError } from '../../src/errors.ts'
import { goodsLine, refusal, smallest, withMembers } from './requests.ts'

const names = Object.keys(smallest) as ApiName[]

const thrownBy = (work: () => void): F2fError => {
  try {
    work()
  } catch (error) {
    if (error instanceof F2fError) return error
  }
  throw new Error('no F2fError was thrown')
}

const freezeDeep = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freezeDeep)
  return value
}

describe('every API', () => {
  it.each(names)('%s takes its smallest request', (name) => {
    expect(refusal(name, smallest[name])).toBeUndefined()
  })

  it.each(names)('%s changes nothing, not even a frozen request', (name) => {
    const content = freezeDeep(structuredClone(smallest[name]))
    const before = JSON.stringify(content)
    expect(refusal(name, content)).toBeUndefined()
    expect(JSON.stringify(content)).toBe(before)
  })

  it.each(names.flatMap((name) => Object.keys(smallest[name]).map((field) => [name, field] as const)))(
    '%s misses %s, also when it is undefined',
    (name, field) => {
      const { [field]: _, ...without } = withMembers(name, {})
      expect(refusal(name, without)?.[1]).toMatch(/^(is required|needs at least one share)/)
      expect(refusal(name, withMembers(name, { [field]: undefined }))).toEqual(refusal(name, without))
    },
  )

  it.each(names)('%s refuses null, known field or not', (name) => {
    expect(refusal(name, withMembers(name, { something_new: null }))?.[0]).toBe('something_new')
    const [known] = Object.keys(smallest[name])
    expect(refusal(name, withMembers(name, { [String(known)]: null }))).toEqual([
      known,
      'must not be null; leave it out instead',
    ])
  })

  it.each(names)('%s refuses anything that is not a plain object', (name) => {
    class Order {
      out_trade_no = 'order_1'
    }
    for (const content of [undefined, null, 'a=1', 1, true, [], [smallest[name]], new Order(), new Map(), () => 1]) {
      expect(refusal(name, content)).toEqual(['', 'must be a plain object'])
    }
  })

  it.each(names)('%s takes an object without a prototype', (name) => {
    expect(refusal(name, Object.assign(Object.create(null), smallest[name]))).toBeUndefined()
  })

  it.each(names.filter((name) => name !== 'refund'))(
    '%s lets a field through that this toolkit does not know',
    (name) => {
      expect(refusal(name, withMembers(name, { something_new: { nested: [1] }, flag: true, count: 3 }))).toBeUndefined()
    },
  )

  it.each([
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s in an unknown field, because JSON cannot carry it', (_, value) => {
    expect(refusal('query', withMembers('query', { something_new: value }))?.[0]).toBe('something_new')
  })

  it('does not mistake an inherited name for a known field', () => {
    expect(refusal('query', withMembers('query', { constructor: 'x', toString: 'y' }))).toBeUndefined()
  })
})

describe('the error', () => {
  it('names the method, the path of the field and the rule, and says that nothing was sent', () => {
    const error = thrownBy(() =>
      checkRequest(APIS.pay, withMembers('pay', { goods_detail: [goodsLine, { ...goodsLine, price: 9.9 }] })),
    )
    expect(error.code).toBe('REQUEST_INVALID')
    expect(error.moneyMayHaveMoved).toBe(false)
    expect(error.details).toEqual({
      method: 'alipay.trade.pay',
      field: 'goods_detail[1].price',
      rule: expect.stringContaining('decimal string'),
    })
    expect(error.message).toContain('alipay.trade.pay was refused: goods_detail[1].price must be yuan')
    expect(error.message).toContain('Nothing was sent')
  })

  it.each([
    ['pay', 'auth_code', '1345678901234567 secret'],
    ['pay', 'auth_code', '287634438256643 94'],
    ['pay', 'auth_code', '620123456789012345678901234567890'],
    ['appAuthToken', 'code', `secret-${'x'.repeat(40)}`],
    ['appAuthTokenQuery', 'app_auth_token', `secret-${'x'.repeat(40)}`],
    ['pay', 'subject', 'secret/subject'],
  ] as const)('of %s.%s never shows the value', (name, field, value) => {
    const error = thrownBy(() => checkRequest(APIS[name], withMembers(name, { [field]: value })))
    expect(error.details.field).toBe(field)
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(value)
  })

  it('never shows a refresh token', () => {
    const content = { grant_type: 'refresh_token', refresh_token: `secret ${'y'.repeat(50)}` }
    const error = thrownBy(() => checkRequest(APIS.appAuthToken, content))
    expect(error.details.field).toBe('refresh_token')
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('yyy')
  })
})

describe('the vocabulary', () => {
  it('counts characters, not code units', () => {
    const four = text(4)
    expect(four('一二三四')).toBeUndefined()
    expect(four('😀😀😀😀')).toBeUndefined()
    expect(four('😀😀😀😀😀')?.rule).toBe('must be a string of at most 4 characters')
    expect(four('')).toBeUndefined()
    expect(four(4)?.rule).toContain('must be a string')
    expect(text()(4)?.rule).toBe('must be a string')
  })

  it('refuses a megabyte of text at once', () => {
    expect(refusal('pay', withMembers('pay', { subject: 'x'.repeat(2 ** 20) }))?.[0]).toBe('subject')
    expect(refusal('pay', withMembers('pay', { subject: '😀'.repeat(2 ** 19) }))?.[0]).toBe('subject')
  })

  it.each([
    ['id', id(3), ['a', 'a-b'], ['', 'abcd', 'a b', ' a', 'a\n', 1]],
    ['oneOf', oneOf('Y', 'N'), ['Y', 'N'], ['', 'y', 'YN', true, ['Y']]],
    ['wholeNumber', wholeNumber(1, 100), [1, 100], [0, 101, 1.5, '1', Number.NaN]],
    ['amount', amount(), ['0.01', '1', '100000000'], ['0.00', 1, '1.001']],
    ['amount from nothing', amount('0.00'), ['0', '0.00', '0.01'], ['-0.01', '', 0]],
    ['list', list(text(1), 2), [[], ['a'], ['a', 'b']], [['a', 'b', 'c'], 'ab', { 0: 'a', length: 1 }, ['aa']]],
    ['textOr', textOr(text(1), wholeNumber(1, 9)), ['', 'a', 5], ['aa', 10, true]],
  ] as const)('%s takes what it should and nothing else', (_, rule, good, bad) => {
    for (const value of good) expect(rule(value)).toBeUndefined()
    for (const value of bad) expect(rule(value)?.rule).toMatch(/^must /)
  })

  it('says where inside a list of lists of objects', () => {
    const rule = shape<{ rows: unknown }>({
      fields: { rows: list(list(shape<{ a: string }>({ required: ['a'], fields: { a: text(1) } }))) },
    })
    expect(rule({ rows: [[{ a: 'x' }], [{ a: 'x' }, { a: 'xx' }]] })?.field).toBe('rows[1][1].a')
    expect(rule({ rows: [[{ a: 'x' }], [{}]] })).toEqual({ field: 'rows[1][0].a', rule: 'is required' })
    expect(rule({ rows: [[], null] })?.field).toBe('rows[1]')
    expect(rule({ rows: [[], undefined] })).toEqual({ field: 'rows[1]', rule: 'is required' })
    expect(rule({ rows: [['x']] })).toEqual({ field: 'rows[0][0]', rule: 'must be a plain object' })
  })
})
