import { describe, expect, test } from 'vitest'
import { isWallet, readCode } from '../src/read-code.ts'
import type { CodeSettings } from '../src/scan.ts'

const CODE = '287612345678901234'
const SETTINGS: CodeSettings = { prefix: '', aim: true, minLength: 6, maxLength: 512 }

describe('one transmission', () => {
  const cases: readonly [what: string, text: string, settings: Partial<CodeSettings>, read: unknown][] = [
    ['a code alone', CODE, {}, { code: CODE, kind: 'alipay' }],
    ['an AIM identifier', `]C0${CODE}`, {}, { code: CODE, kind: 'alipay', aim: ']C0' }],
    ['a prefix', `~!${CODE}`, { prefix: '~!' }, { code: CODE, kind: 'alipay' }],
    ['a prefix, then AIM', `~]Q1${CODE}`, { prefix: '~' }, { code: CODE, kind: 'alipay', aim: ']Q1' }],
    ['AIM, then a prefix', `]Q1~${CODE}`, { prefix: '~' }, { code: CODE, kind: 'alipay', aim: ']Q1' }],
    ['what only begins like AIM', ']]aim-less]', {}, { code: ']]aim-less]', kind: 'qr-text' }],
    ['AIM that is not to be taken off', ']C0123456', { aim: false }, { code: ']C0123456', kind: 'qr-text' }],
    ['no prefix where one is configured', CODE, { prefix: '~' }, undefined],
    ['too few characters', '12345', {}, undefined],
    ['few characters that are enough', '12345', { minLength: 5 }, { code: '12345', kind: 'unknown' }],
    ['nothing', '', {}, undefined],
  ]
  for (const [what, text, settings, read] of cases) {
    test(`of ${what} is taken apart`, () => expect(readCode(text, { ...SETTINGS, ...settings })).toEqual(read))
  }

  test('is a payment code or not', () => {
    const kinds = ['alipay', 'wechat', 'unionpay', 'qr-text', 'unknown'] as const
    expect(kinds.filter((kind) => isWallet({ code: '', kind }))).toEqual(['alipay', 'wechat', 'unionpay'])
  })
})
