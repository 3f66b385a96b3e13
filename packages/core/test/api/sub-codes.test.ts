import { describe, expect, it } from 'vitest'
import { DOCUMENTED_SUB_CODES } from '../../src/api/documented-sub-codes.ts'
import { describeSubCode, normalizeSubCode, type SubCodeClass } from '../../src/api/sub-codes.ts'

const documented = [...new Set(Object.values(DOCUMENTED_SUB_CODES).flatMap((names) => [...names]))]

const gateway = `
  aop.invalid-auth-token aop.auth-token-time-out aop.invalid-app-auth-token aop.invalid-app-auth-token-no-api
  aop.app-auth-token-time-out aop.no-product-reg-by-partner isv.missing-method isv.missing-signature
  isv.missing-signature-type isv.missing-signature-key isv.missing-app-id isv.missing-timestamp isv.missing-version
  isv.decryption-error-missing-encrypt-type isv.missing-app-cert-sn isv.missing-alipay-root-cert-sn
  isv.invalid-parameter isv.upload-fail isv.invalid-file-extension isv.invalid-file-size isv.invalid-method
  isv.invalid-format isv.invalid-signature-type isv.invalid-signature isv.invalid-token isv.invalid-encrypt-type
  isv.invalid-encrypt isv.invalid-app-id isv.invalid-timestamp isv.invalid-charset isv.invalid-digest
  isv.decryption-error-not-valid-encrypt-type isv.decryption-error-not-valid-encrypt-key isv.decryption-error-unknown
  isv.missing-signature-config isv.not-support-app-auth isv.suspected-attack isv.forbidden-api isv.illegal-json
  app-cert-expired not-online-app isv.code-invalid invalid-app-state isv.invalid-app-state invalid-auth-relations
  isv.app-call-limited isv.method-call-limited isv.insufficient-isv-permissions isv.insufficient-user-permissions
  isv.self-invoke-forbidden isv.invalid-alipay-root-cert-sn isv.app-cert-expired isv.app-cert-not-exist
  isv.alipay-cert-not-exist isp.unknow-error aop.unknow-error aop.ACQ.SYSTEM_ERROR
`
  .trim()
  .split(/\s+/)

describe('normalizeSubCode', () => {
  it.each([
    ['ACQ.SYSTEM_ERROR', 'SYSTEM_ERROR'],
    ['AQC.SYSTEM_ERROR', 'SYSTEM_ERROR'],
    ['aop.ACQ.SYSTEM_ERROR', 'SYSTEM_ERROR'],
    ['acq.SYSTEM_ERROR', 'SYSTEM_ERROR'],
    [' ACQ.SYSTEM_ERROR ', 'SYSTEM_ERROR'],
    ['TRADE_NOT_EXIST', 'TRADE_NOT_EXIST'],
    ['aop.invalid-auth-token', 'invalid-auth-token'],
    ['isv.invalid-signature', 'isv.invalid-signature'],
    ['isp.unknow-error', 'isp.unknow-error'],
    ['ACQUIRE_ERROR', 'ACQUIRE_ERROR'],
    ['', ''],
  ])('makes %j into %j', (subCode, name) => {
    expect(normalizeSubCode(subCode)).toBe(name)
    expect(normalizeSubCode(name)).toBe(name)
  })
})

describe('describeSubCode', () => {
  it.each([...documented, ...gateway])('tells the cashier about %s in both languages', (subCode) => {
    const words = describeSubCode(subCode)
    expect(words?.zh).toMatch(/^[^\n]{8,60}。$/)
    expect(words?.zh).toMatch(/\p{Script=Han}/u)
    expect(words?.en).toMatch(/^[A-Z][ -~’]{20,120}\.$/)
    expect(describeSubCode(`ACQ.${normalizeSubCode(subCode)}`)).toEqual(words)
  })

  it('has the sentences of the payment code word for word', () => {
    expect(describeSubCode('ACQ.PAYMENT_AUTH_CODE_INVALID')).toEqual({
      class: 'scanAgain',
      zh: '付款码无效或已过期，请顾客刷新付款码后重新扫码。',
      en: 'The payment code is invalid or expired. Ask the customer to refresh it and scan again.',
    })
  })

  it.each<[SubCodeClass, string]>([
    ['unknown', 'ACQ.SYSTEM_ERROR'],
    ['unknown', 'isp.unknow-error'],
    ['later', 'ACQ.REFUND_CHARGE_ERROR'],
    ['later', 'isv.app-call-limited'],
    ['buyer', 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
    ['merchant', 'ACQ.SELLER_BALANCE_NOT_ENOUGH'],
    ['merchant', 'ACQ.MERCHANT_AGREEMENT_INVALID'],
    ['setup', 'ACQ.INVALID_PARAMETER'],
    ['setup', 'isv.invalid-signature'],
    ['setup', 'aop.invalid-app-auth-token'],
    ['order', 'ACQ.TRADE_HAS_SUCCESS'],
    ['refund', 'ACQ.DISCORDANT_REPEAT_REQUEST'],
    ['otherProduct', 'ACQ.SECONDARY_MERCHANT_SOMETHING_NEW'],
    ['otherProduct', 'ACQ.AGREEMENT_INVALID'],
    ['otherProduct', 'ACQ.ORDER_UNSUPPORT_ADVANCE'],
  ])('puts into class %s: %s', (kind, subCode) => {
    expect(describeSubCode(subCode)?.class).toBe(kind)
  })

  it.each(['', 'ACQ.NEVER_HEARD_OF', 'constructor', '__proto__', 'toString'])('knows nothing of %j', (subCode) => {
    expect(describeSubCode(subCode)).toBeUndefined()
  })

  it('never tells the cashier to charge again when the outcome is unknown', () => {
    for (const name of [...documented, ...gateway]) {
      const words = describeSubCode(name)
      if (words?.class === 'unknown') expect(words.zh).toMatch(/请勿重复|等待/)
    }
  })
})
