import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../src/protocol/canonical.ts'

describe('canonicalize', () => {
  it('leaves out sign, keeps sign_type', () => {
    expect(canonicalize({ sign: 'x', sign_type: 'RSA2', app_id: '1' })).toBe('app_id=1&sign_type=RSA2')
  })

  it.each([undefined, null, '', ' ', '\t\r\n'])('leaves out the blank value %j', (value) => {
    expect(canonicalize({ a: '1', b: value, c: '3' })).toBe('a=1&c=3')
  })

  it('sorts by byte: upper case, underscore, lower case', () => {
    expect(canonicalize({ a1: '3', _x: '2', Zeta: '1', a: '4', a_b: '5' })).toBe('Zeta=1&_x=2&a=4&a1=3&a_b=5')
  })

  it('joins values raw', () => {
    expect(canonicalize({ b: ' 1+1=2 & 100% ', a: '{"subject":"中文"}' })).toBe('a={"subject":"中文"}&b= 1+1=2 & 100% ')
  })

  it('signs what is no text as its JSON', () => {
    const content = { subject: '中文', goods: [{ price: '1.00', quantity: 2 }], note: undefined }
    expect(canonicalize({ biz_content: content, zero: 0, yes: true, list: ['a', 1] })).toBe(
      'biz_content={"subject":"中文","goods":[{"price":"1.00","quantity":2}]}&list=["a",1]&yes=true&zero=0',
    )
  })

  it('is empty when nothing is left', () => {
    expect(canonicalize({ sign: 'x', a: '' })).toBe('')
  })

  it('leaves its argument as it was', () => {
    const params = Object.freeze({ sign: 'x', b: '', a: '1' })
    expect(canonicalize(params)).toBe('a=1')
  })

  it('does not depend on the order of the parameters', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/)
    const entries = fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key })
    const shuffled = entries.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(canonicalize(Object.fromEntries(other))).toBe(canonicalize(Object.fromEntries(one)))
      }),
    )
  })
})
