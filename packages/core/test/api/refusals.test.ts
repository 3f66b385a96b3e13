import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOCUMENTED_SUB_CODES } from '../../src/api/documented-sub-codes.ts'
import {
  classifyCancelRefusal,
  classifyPayRefusal,
  classifyQueryRefusal,
  classifyRefundRefusal,
} from '../../src/api/sub-codes.ts'

const GATEWAY = ['20001', '40001', '40002', '40003', '40005', '40006']
const PREFIXES = ['', 'ACQ.', 'AQC.', 'aop.ACQ.']

describe('a refused pay', () => {
  const unknown = ['SYSTEM_ERROR', 'TRADE_HAS_SUCCESS', 'TRADE_STATUS_ERROR', 'ENTERPRISE_PAY_BIZ_ERROR']

  it.each([...DOCUMENTED_SUB_CODES.pay])('%s is unknown or refused as documented, whatever its prefix', (name) => {
    for (const prefix of PREFIXES) {
      expect(classifyPayRefusal('40004', prefix + name)).toBe(unknown.includes(name) ? 'unknown' : 'refused')
    }
  })

  it.each([
    ...unknown,
    'isp.unknow-error',
    'aop.unknow-error',
    'ACQ.UNKNOWN_ERROR',
    'ACQ.GATEWAY_TIMEOUT',
    'ACQ.PAY_TIME_OUT',
    'ACQ.SERVICE_BUSY',
    'ACQ.INNER_EXCEPTION',
    'ACQ.AUTH_SYSTEM_ERROR',
    'ACQ.CARD_BANK_TIMEOUT',
    'system_error',
  ])('40004 %s is unknown', (subCode) => {
    expect(classifyPayRefusal('40004', subCode)).toBe('unknown')
  })

  it.each([
    'ACQ.SUB_MERCHANT_NEW',
    'ACQ.SECONDARY_MERCHANT_NEW',
    'ACQ.AUTH_NEW',
    'ACQ.ZM_NEW',
    'ACQ.CARD_NEW',
    'ACQ.OVER_NEW',
    'ACQ.CYCLE_PAY_NEW',
    'ACQ.NEW_UNSUPPORT_ADVANCE',
  ])('40004 %s is refused, by its family', (subCode) => {
    expect(classifyPayRefusal('40004', subCode)).toBe('refused')
  })

  it.each([undefined, '', 'ACQ.NEVER_HEARD_OF', 'TRADE_NOT_EXIST', 'constructor', 'NOT_CARD_NEW'])(
    '40004 %s is unlisted',
    (subCode) => {
      expect(classifyPayRefusal('40004', subCode)).toBe('unlisted')
    },
  )

  it.each(GATEWAY)('%s is refused', (code) => {
    for (const subCode of [
      undefined,
      'isv.invalid-signature',
      'isv.decryption-error-unknown',
      'aop.auth-token-time-out',
    ]) {
      expect(classifyPayRefusal(code, subCode)).toBe('refused')
    }
  })

  it.each(GATEWAY)('%s is unknown when its sub_code admits to not knowing', (code) => {
    for (const subCode of ['isp.unknow-error', 'aop.unknow-error', 'aop.ACQ.SYSTEM_ERROR']) {
      expect(classifyPayRefusal(code, subCode)).toBe('unknown')
    }
  })

  it('is unknown for 20000 and for any code nobody documented, whatever the sub_code', () => {
    const subCode = fc.option(fc.oneof(fc.string(), fc.constantFrom(...DOCUMENTED_SUB_CODES.pay)), { nil: undefined })
    const code = fc.string().filter((text) => !GATEWAY.includes(text) && text !== '40004')
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom('20000', '10000', '10003', '40007', '50000'), code), subCode, (c, s) => {
        expect(classifyPayRefusal(c, s)).toBe('unknown')
      }),
    )
  })
})

describe('a refused cancel', () => {
  it.each([
    ['40004', 'ACQ.SYSTEM_ERROR', 'again'],
    ['40004', 'AQC.SYSTEM_ERROR', 'again'],
    ['40004', 'aop.ACQ.SYSTEM_ERROR', 'again'],
    ['40004', undefined, 'again'],
    ['40004', 'ACQ.NEVER_HEARD_OF', 'again'],
    ['20000', 'isp.unknow-error', 'again'],
    ['20000', 'ACQ.TRADE_NOT_EXIST', 'again'],
    ['40005', 'isv.app-call-limited', 'again'],
    ['40002', 'isp.unknow-error', 'again'],
    ['50000', undefined, 'again'],
    ['40004', 'ACQ.TRADE_CANCEL_TIME_OUT', 'impossible'],
    ['40004', 'ACQ.TRADE_HAS_FINISHED', 'impossible'],
    ['40004', 'ACQ.REASON_TRADE_REFUND_FEE_ERR', 'impossible'],
    ['40004', 'ACQ.CANCEL_NOT_ALLOWED', 'impossible'],
    ['40004', 'ACQ.TRADE_HAS_CLOSE', 'impossible'],
    ['40004', 'ACQ.TRADE_STATUS_ERROR', 'impossible'],
    ['40004', 'ACQ.TRADE_NOT_EXIST', 'noTrade'],
    ['40004', 'TRADE_NOT_EXIST', 'noTrade'],
    ['40004', 'ACQ.SELLER_BALANCE_NOT_ENOUGH', 'blocked'],
    ['40004', 'ACQ.REASON_TRADE_BEEN_FREEZEN', 'blocked'],
    ['40004', 'ACQ.INVALID_PARAMETER', 'blocked'],
    ['40004', 'ACQ.ACCESS_FORBIDDEN', 'blocked'],
    ['20001', 'aop.invalid-app-auth-token', 'blocked'],
    ['40001', 'isv.missing-signature', 'blocked'],
    ['40002', 'isv.invalid-signature', 'blocked'],
    ['40003', 'isv.missing-signature-config', 'blocked'],
    ['40006', 'isv.insufficient-isv-permissions', 'blocked'],
  ] as const)('%s %s: %s', (code, subCode, kind) => {
    expect(classifyCancelRefusal(code, subCode)).toBe(kind)
  })

  it('has an answer other than "again" for every documented refusal but a system error', () => {
    for (const name of DOCUMENTED_SUB_CODES.cancel) {
      expect(classifyCancelRefusal('40004', name) === 'again').toBe(name === 'SYSTEM_ERROR')
    }
  })
})

describe('a refused refund', () => {
  const again = ['SYSTEM_ERROR', 'REFUND_CHARGE_ERROR', 'ENTERPRISE_PAY_BIZ_ERROR']

  it.each([...DOCUMENTED_SUB_CODES.refund])('%s is tried again or refused as documented', (name) => {
    for (const prefix of PREFIXES) {
      expect(classifyRefundRefusal('40004', prefix + name)).toBe(again.includes(name) ? 'again' : 'refused')
    }
  })

  it.each([
    ['20000', 'aop.ACQ.SYSTEM_ERROR', 'again'],
    ['20000', 'ACQ.TRADE_NOT_EXIST', 'again'],
    ['40004', undefined, 'again'],
    ['40004', 'ACQ.NEVER_HEARD_OF', 'again'],
    ['40004', 'isp.unknow-error', 'again'],
    ['40005', 'isv.method-call-limited', 'again'],
    ['40002', 'isp.unknow-error', 'again'],
    ['99999', undefined, 'again'],
    ['40004', 'ACQ.ACCESS_FORBIDDEN', 'refused'],
    ['20001', 'aop.app-auth-token-time-out', 'refused'],
    ['40002', 'isv.invalid-signature', 'refused'],
    ['40006', 'isv.insufficient-isv-permissions', 'refused'],
  ] as const)('%s %s: %s', (code, subCode, kind) => {
    expect(classifyRefundRefusal(code, subCode)).toBe(kind)
  })
})

describe('a refused query', () => {
  it.each([
    ['40004', 'ACQ.TRADE_NOT_EXIST', 'notFound'],
    ['40004', 'TRADE_NOT_EXIST', 'notFound'],
    ['40004', 'aop.ACQ.TRADE_NOT_EXIST', 'notFound'],
    ['20000', 'ACQ.TRADE_NOT_EXIST', 'unknown'],
    ['40002', 'ACQ.TRADE_NOT_EXIST', 'unknown'],
    ['40004', 'ACQ.SYSTEM_ERROR', 'unknown'],
    ['40004', 'ACQ.INVALID_PARAMETER', 'unknown'],
    ['40004', undefined, 'unknown'],
    ['40006', 'isv.insufficient-isv-permissions', 'unknown'],
  ] as const)('%s %s: %s', (code, subCode, kind) => {
    expect(classifyQueryRefusal(code, subCode)).toBe(kind)
  })
})
