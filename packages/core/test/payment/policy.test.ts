import { describe, expect, test } from 'vitest'
import { completePolicy, DEFAULT_POLICY, F2fError, type Policy } from '../../src/index.ts'
import { backoff, longestWait, outlastingMinutes } from '../../src/payment/policy.ts'

const refusal = (policy: unknown): F2fError => {
  try {
    completePolicy(policy as Partial<Policy>)
  } catch (error) {
    if (error instanceof F2fError) return error
  }
  throw new Error('not refused')
}

describe('the policy', () => {
  test('has the defaults of the design', () => {
    expect(completePolicy()).toEqual({
      firstQueryAfter: 5_000,
      pollEvery: 5_000,
      payWithin: 60_000,
      callTimeout: 10_000,
      cancelRetryFrom: 2_000,
      cancelRetryTo: 60_000,
      attentionAfter: 60_000,
      recheckAfter: [30_000, 300_000],
      refundRetryFrom: 3_000,
      reportWithin: 30_000,
      reportRetryFrom: 1_000,
    })
    expect(completePolicy({})).toEqual(DEFAULT_POLICY)
  })

  test('takes what is given and fills in the rest; undefined is not given', () => {
    const absent: object = { payWithin: undefined }
    const policy = completePolicy({ pollEvery: 3_000, recheckAfter: [1_000], ...absent })
    expect(policy).toEqual({ ...DEFAULT_POLICY, pollEvery: 3_000, recheckAfter: [1_000] })
  })

  test.each(Object.keys(DEFAULT_POLICY) as (keyof Policy)[])('refuses a %s that is no duration', (field) => {
    const bad: unknown[] = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5000', null, {}, 15 * 86_400_000 + 1, true]
    for (const value of bad) {
      const given = field === 'recheckAfter' ? [1_000, value] : value
      expect(refusal({ [field]: given })).toMatchObject({
        code: 'CONFIG_INVALID',
        details: { field: `policy.${field}`, rule: 'milliseconds, more than 0, at most 15 days' },
      })
    }
    const most = field === 'recheckAfter' ? [15 * 86_400_000] : 15 * 86_400_000
    expect(completePolicy({ [field]: most })).toMatchObject({ [field]: most })
  })

  test.each([5_000, 'often', { 0: 1 }])('refuses a recheckAfter that is no list: %o', (recheckAfter) => {
    expect(refusal({ recheckAfter }).details.field).toBe('policy.recheckAfter')
  })

  test('refuses a field it does not know, because a mistyped one would be silence', () => {
    expect(refusal({ pollEvry: 3_000 })).toMatchObject({ code: 'CONFIG_INVALID', details: { field: 'pollEvry' } })
    expect(refusal({ constructor: 3_000 }).details.field).toBe('constructor')
  })

  test.each([null, 7, 'fast'])('refuses %o', (policy) => {
    expect(refusal(policy)).toMatchObject({ code: 'CONFIG_INVALID', details: { field: 'policy' } })
  })
})

test('a pause doubles up to its end and stays there, however often', () => {
  expect(
    [0, 1, 2, 3, 4, 5, 6, 1_000, Number.MAX_SAFE_INTEGER].map((attempts) => backoff(2_000, 60_000, attempts)),
  ).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000])
  expect(backoff(90_000, 60_000, 0)).toBe(60_000)
})

test('the longest wait counts every wait of the policy, but not the time the buyer has', () => {
  expect(longestWait(DEFAULT_POLICY)).toBe(600_000)
  expect(longestWait(completePolicy({ payWithin: 86_400_000 }))).toBe(600_000)
  const waits = Object.keys(DEFAULT_POLICY).filter((field) => field !== 'payWithin' && field !== 'recheckAfter')
  for (const field of waits) expect(longestWait(completePolicy({ [field]: 7_200_000 })), field).toBe(14_400_000)
  expect(longestWait(completePolicy({ recheckAfter: [7_200_000, 1] }))).toBe(14_400_000)
})

test.each([
  [1, 2],
  [59_999, 2],
  [60_000, 2],
  [60_001, 3],
  [15 * 86_400_000 - 60_000, 15 * 1_440],
])('%d ms are outlasted by %d whole minutes', (ms, minutes) => {
  expect(outlastingMinutes(ms)).toBe(minutes)
})
