import { describe, expect, test } from 'vitest'
import { type CarryOver, type OurRow, reconcile, type TradeRow } from '../../src/index.ts'
import { storedPayment } from '../support/books.ts'
import { moment, ourPayment, ourRefund, refundRow, storeOf, tradeRow } from '../support/rows.ts'

const FIRST = '2026-01-01'
const SECOND = '2026-01-02'

/** Both days, each with its bill, with and without what the first hands on. */
const twoDays = async (ours: readonly OurRow[], first: readonly TradeRow[], second: readonly TradeRow[]) => {
  const one = await reconcile({ day: FIRST, bill: first, ours })
  const two = (carried?: CarryOver) => reconcile({ day: SECOND, bill: second, ours, carried })
  return { one, two: await two(one.carried), alone: await two() }
}

const outcomes = (result: { readonly differences: readonly { readonly bucket: string }[] }): readonly string[] =>
  result.differences.map(({ bucket }) => bucket)

describe('a payment around midnight', () => {
  test.each([
    ['ours before, theirs before', '23:59:59', FIRST, '23:59:59', FIRST],
    ['ours before, theirs after', '23:59:59', FIRST, '00:00:01', SECOND],
    ['ours after, theirs before', '00:00:01', SECOND, '23:59:58', FIRST],
    ['ours after, theirs after', '00:00:01', SECOND, '00:00:02', SECOND],
    ['ours at midnight, theirs before', '00:00:00', SECOND, '23:59:59', FIRST],
  ])('%s: matched once, reported never', async (_, ourTime, ourDay, theirTime, theirDay) => {
    const row = tradeRow({ finishedAt: moment(theirTime, theirDay) })
    const [first, second] = theirDay === FIRST ? [[row], []] : [[], [row]]
    const { one, two } = await twoDays([ourPayment({ at: moment(ourTime, ourDay) })], first, second)
    expect([...one.differences, ...two.differences]).toEqual([])
    expect(one.buckets.matched.count + two.buckets.matched.count).toBe(1)
  })

  test.each([
    ['23:59:59', FIRST, 'the second day'],
    ['00:00:01', SECOND, 'the second day'],
    ['23:58:00', FIRST, 'the first day'],
    ['00:02:00', SECOND, 'the second day'],
  ])('in neither bill, ours at %s of %s: reported once, on %s', async (time, day, when) => {
    const { one, two } = await twoDays([ourPayment({ at: moment(time, day) })], [], [])
    expect([outcomes(one), outcomes(two)]).toEqual(when === 'the first day' ? [['onlyOurs'], []] : [[], ['onlyOurs']])
  })

  test('what waits for the next bill is named', async () => {
    const { one } = await twoDays([ourPayment({ at: moment('23:59:59', FIRST) })], [], [])
    expect(one).toMatchObject({ isClean: true, excused: { waiting: 1 }, carried: { waiting: ['payment T1 '] } })
  })

  test('without word of the day before, what may have been in its bill is not reported', async () => {
    const { alone } = await twoDays([ourPayment({ at: moment('23:59:59', FIRST) })], [], [])
    expect(outcomes(alone)).toEqual([])
    const after = await twoDays([ourPayment({ at: moment('00:00:01', SECOND) })], [], [])
    expect(outcomes(after.alone)).toEqual(['onlyOurs'])
  })

  test('word of some other day is as good as none', async () => {
    const ours = [ourPayment({ at: moment('23:59:59', FIRST) })]
    const carried = { day: '2025-12-30', claimed: [], waiting: [] }
    expect(outcomes(await reconcile({ day: SECOND, bill: [], ours, carried }))).toEqual([])
  })
})

describe('a refund whose answer was lost for days', () => {
  const THIRD = '2026-01-03'
  const pending = ourRefund({ at: moment('20:00:00', FIRST), status: 'pending' })
  const row = refundRow({ finishedAt: moment('20:00:05', FIRST) })

  test('is a difference on its day, and none on the day our books learn of it', async () => {
    const one = await reconcile({ day: FIRST, bill: [row], ours: [pending] })
    expect(one.differences).toMatchObject([{ bucket: 'statusDiffers', suggestion: { action: 'query' } }])
    const two = await reconcile({ day: SECOND, bill: [], ours: [pending], carried: one.carried })
    expect(two.isClean).toBe(true)
    const learned = ourRefund({ at: moment('09:00:00', THIRD) })
    const three = await reconcile({ day: THIRD, bill: [], ours: [learned], carried: two.carried })
    expect(three).toMatchObject({ isClean: true, excused: { elsewhere: 1 } })
  })

  test('claims are forgotten after a while', async () => {
    const one = await reconcile({ day: FIRST, bill: [row], ours: [pending] })
    const later = await reconcile({ day: '2026-03-01', bill: [], ours: [], carried: one.carried })
    expect([one.carried.claimed.length, later.carried.claimed.length]).toEqual([1, 0])
  })
})

test('what both sides have on other days is nobody’s business today', async () => {
  const ours = [ourPayment({ at: moment('10:00:00', SECOND) }), ourRefund({ at: moment('10:00:00', '2025-12-31') })]
  expect(await reconcile({ day: FIRST, bill: [], ours })).toMatchObject({ isClean: true, excused: { elsewhere: 2 } })
})

test('what is handed on survives being written down', async () => {
  const { one } = await twoDays([ourPayment({ at: moment('00:00:01', SECOND) })], [tradeRow()], [])
  const carried = JSON.parse(JSON.stringify(one.carried)) as CarryOver
  const ours = [ourPayment({ at: moment('00:00:01', SECOND) })]
  expect(await reconcile({ day: SECOND, bill: [], ours, carried })).toMatchObject({ isClean: true })
})

test('an order paid again under another trade, the day after, is a second payment and not an unknown one', async () => {
  const payment = storedPayment('T1')
  const again = tradeRow({ tradeNo: 'again', finishedAt: moment('09:00:00', SECOND) })
  const ours = [ourPayment({ tradeNo: 'trade-T1' })]
  for (const books of [{ store: storeOf([payment]) }, { ours }]) {
    expect(await reconcile({ day: FIRST, bill: [tradeRow()], ...books })).toMatchObject({ isClean: true })
    const { differences } = await reconcile({ day: SECOND, bill: [again], ...books })
    expect(differences).toMatchObject([
      { bucket: 'duplicate', outTradeNo: 'T1', suggestion: { action: 'refund', reason: 'paidTwice' } },
    ])
  }
})
