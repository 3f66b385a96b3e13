import { parseBeijing } from '@f2f/core'
import { describe, expect, test } from 'vitest'
import { absoluteLimit, relativeLimit } from '../../src/ledger/time-limit.ts'
import { DAY, HOUR, MINUTE } from '../support/ledger.ts'

const at = (text: string) => parseBeijing(text)?.getTime() ?? Number.NaN
const NOW = at('2026-01-01 22:30:00')

describe('timeout_express', () => {
  test.each([
    ['1m', MINUTE],
    ['90m', 90 * MINUTE],
    ['3h', 3 * HOUR],
    ['15d', 15 * DAY],
    ['1c', 90 * MINUTE],
  ])('%s ends %i ms later', (text, ms) => {
    expect(relativeLimit(text, NOW)).toBe(NOW + ms)
  })

  test.each(['', '0m', '1', 'm', '1.5h', '16d', '361h', '2c', '-1m', '1M'])('%o is refused', (text) => {
    expect(() => relativeLimit(text, NOW)).toThrow('ACQ.INVALID_PARAMETER')
  })
})

describe('time_expire', () => {
  test.each(['2026-01-01 22:31', '2026-01-01 22:31:00'])('%s is an instant', (text) => {
    expect(absoluteLimit(text, NOW)).toBe(NOW + MINUTE)
  })

  test('must lie ahead', () => {
    expect(() => absoluteLimit('2026-01-01 22:30', NOW)).toThrow('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR')
  })

  test('must be a time', () => {
    expect(() => absoluteLimit('2026-02-30 22:31', NOW)).toThrow('ACQ.INVALID_PARAMETER')
  })
})
