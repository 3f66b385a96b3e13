import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingTimestamp, parseBeijing } from '../../src/protocol/time.ts'

describe('beijingTimestamp', () => {
  it.each([
    ['the epoch is eight in the morning in Beijing', 0, '1970-01-01 08:00:00'],
    ['a second is never rounded up', Date.UTC(2024, 4, 20, 5, 14, 15, 999), '2024-05-20 13:14:15'],
    ['the day changes at 16:00 UTC', Date.UTC(2023, 11, 31, 16, 0, 0), '2024-01-01 00:00:00'],
    ['no summer time of another zone applies', Date.UTC(2024, 6, 1, 0, 0, 0), '2024-07-01 08:00:00'],
  ])('%s', (_, ms, text) => {
    expect(beijingTimestamp(ms)).toBe(text)
  })

  it.each([
    ['UTC', 0],
    ['America/New_York', 19],
    ['Pacific/Kiritimati', 14],
  ])('does not depend on the zone of the process: %s', (zone, localHour) => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      expect(new Date(Date.UTC(2024, 0, 1)).getHours()).toBe(localHour)
      expect(beijingTimestamp(0)).toBe('1970-01-01 08:00:00')
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})

describe('parseBeijing', () => {
  it('reads what beijingTimestamp writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 0, 1) / 1000 }), (seconds) => {
        expect(parseBeijing(beijingTimestamp(seconds * 1000))?.getTime()).toBe(seconds * 1000)
      }),
    )
  })

  it.each([
    ['2015-04-28 15:45:57.320', Date.UTC(2015, 3, 28, 7, 45, 57, 320)],
    ['2015-04-28 15:45:57.5', Date.UTC(2015, 3, 28, 7, 45, 57, 5)],
    ['2024-02-29 00:00:00', Date.UTC(2024, 1, 28, 16, 0, 0)],
  ])('reads %s', (text, ms) => {
    expect(parseBeijing(text)?.getTime()).toBe(ms)
  })

  it.each([
    '',
    '2024-05-20',
    '2024-05-20T13:14:15',
    '2024-5-20 13:14:15',
    '2024-13-01 00:00:00',
    '2023-02-29 00:00:00',
    '2024-05-20 24:00:00',
    '2024-05-20 23:60:00',
    '2024-05-20 13:14:60',
    ' 2024-05-20 13:14:15',
    '2024-05-20 13:14:15 ',
    '2024-05-20 13:14:15.',
    '2024-05-20 13:14:15.1234',
    '2024-05-20 13:14:15Z',
    '２０２４-05-20 13:14:15',
  ])('refuses %j', (text) => {
    expect(parseBeijing(text)).toBeUndefined()
  })
})
