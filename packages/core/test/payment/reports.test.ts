import { describe, expect, test } from 'vitest'
import type { Effect, Report } from '../../src/index.ts'
import { answers, cancels, type News, paid, pays, refused, SITUATIONS, START, seconds, type Till } from './till.ts'

const told = (till: Till): Report => {
  const effect = till.effects.find((each): each is Extract<Effect, { type: 'report' }> => each.type === 'report')
  if (effect === undefined) throw new Error('nothing to tell')
  return effect.report
}

const reported = (report: Report): News => ({ type: 'reported', reportId: report.id })
const failed = (report: Report): News => ({ type: 'reportFailed', reportId: report.id })
const asks = (outRequestNo: string): News => ({
  type: 'refundRequested',
  refund: { outRequestNo, refundAmount: '1.00', reason: undefined, operatorId: undefined },
})
const refunded = (outRequestNo: string): News => ({ type: 'refundReply', outRequestNo, outcome: { is: 'refunded' } })

const refundFails = (till: Till, outRequestNo: string): Till =>
  till.on(asks(outRequestNo)).on({ type: 'refundReply', outRequestNo, outcome: refused() })

describe('telling the shop', () => {
  test('happens with the settlement, once, and is then done', () => {
    const till = SITUATIONS.paid()
    expect(told(till)).toMatchObject({ kind: 'settled', attempts: 0, outRequestNo: undefined })
    till.on(reported(told(till)))
    expect(till.payment).toMatchObject({ reports: [], dueAt: undefined })
    expect(till.effects).toEqual([])
  })

  test('is due again when the process died while telling', () => {
    const till = SITUATIONS.paid()
    const first = told(till)
    expect(seconds(till.payment.dueAt)).toBe('31 s')
    expect(told(till.wakeWhenDue())).toEqual({ ...first, dueAt: new Date(START + 61_000) })
    expect(seconds(till.payment.dueAt)).toBe('61 s')
  })

  test('is tried again after 1, 2, 4 … 60 s, for ever, when the shop’s code fails', () => {
    const till = SITUATIONS.paid()
    const pauses: number[] = []
    for (let attempt = 0; attempt < 9; attempt++) {
      const before = till.now
      till.on(failed(told(till)))
      expect(till.payment.reports[0]?.attempts).toBe(attempt + 1)
      till.wakeWhenDue()
      pauses.push((till.now - before) / 1_000)
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  test('stops as soon as it succeeded, even if another telling of the same fails', () => {
    const till = SITUATIONS.paid()
    const report = told(till)
    const done = till.on(reported(report)).payment
    expect(till.on(failed(report)).payment).toBe(done)
    expect(till.on(reported(report)).payment).toBe(done)
  })

  test('a newer settlement takes the place of one not yet told, when the shop can no longer be busy with that', () => {
    const till = SITUATIONS.watched().wake(91)
    const first = told(till)
    till.on(answers(paid())).on(cancels('refunded'))
    expect(till.payment.reports).toMatchObject([{ dueAt: first.dueAt }])
    expect(till.effects).toEqual([])
    const before = till.payment
    expect(till.on(reported(first)).payment).toBe(before)
    const second = told(till.wake((first.dueAt.getTime() - START) / 1_000))
    expect(second.id).toBeGreaterThan(first.id)
    expect(till.on(reported(second)).payment.reports).toEqual([])
  })

  test('does not tell a settlement that is being undone', () => {
    const till = SITUATIONS.late()
    expect(till.payment.reports).toHaveLength(1)
    expect(till.wake(120).effects.map(({ type }) => type)).toEqual(['cancel'])
  })

  test('is done one after the other, in order', () => {
    const till = SITUATIONS.paid()
    const settled = told(till)
    till.at(2).on(asks('R1')).on(refunded('R1')).on(asks('R2')).on(refunded('R2'))
    expect(till.effects).toEqual([])
    expect(till.payment.reports.map(({ kind, outRequestNo }) => `${kind} ${outRequestNo}`)).toEqual([
      'settled undefined',
      'refund R1',
      'refund R2',
    ])
    const first = told(till.on(reported(settled)))
    expect(first).toMatchObject({ kind: 'refund', outRequestNo: 'R1' })
    const second = told(till.on(reported(first)))
    expect(second).toMatchObject({ kind: 'refund', outRequestNo: 'R2' })
    expect([settled.id < first.id, first.id < second.id]).toEqual([true, true])
    expect(till.on(reported(second)).payment).toMatchObject({ reports: [], dueAt: undefined })
  })

  test('a report that fails holds back those behind it', () => {
    const till = SITUATIONS.paid()
    till.on(asks('R1')).on(refunded('R1'))
    const [settled] = till.payment.reports
    till.on(failed(settled as Report))
    expect(seconds(till.payment.dueAt)).toBe('2 s')
    expect(told(till.wake(2)).kind).toBe('settled')
    expect(till.payment.reports.map(({ kind }) => kind)).toEqual(['settled', 'refund'])
  })

  test('a refund that failed, is told as failed and sent again meanwhile, is told as it ended when that is over', () => {
    const till = SITUATIONS.paid()
    const first = told(refundFails(till.on(reported(told(till))), 'R1'))
    till.on(asks('R1')).on(refunded('R1'))
    expect(till.effects).toEqual([])
    expect(till.payment.reports).toMatchObject([{ outRequestNo: 'R1', dueAt: first.dueAt }])
    expect(till.on(reported(first)).effects).toEqual([])
    const again = told(till.wakeWhenDue())
    expect(again.id).toBeGreaterThan(first.id)
    expect(till.on(reported(again)).payment.reports).toEqual([])
  })

  test('a refund that failed, was told and sent again is told again, at once', () => {
    const till = SITUATIONS.paid()
    const first = told(refundFails(till.on(reported(told(till))), 'R1'))
    till.on(asks('R1')).on(reported(first))
    expect(till.payment.reports).toEqual([])
    expect(told(till.on(refunded('R1'))).id).toBeGreaterThan(first.id)
  })

  test('that a refund failed is told no more once it has been sent again', () => {
    const till = SITUATIONS.paid()
    const first = told(refundFails(till.on(reported(told(till))), 'R1'))
    till.on(failed(first)).on(asks('R1'))
    till.on({ type: 'refundReply', outRequestNo: 'R1', outcome: { is: 'accepted' } })
    till.wakeWhenDue()
    expect(till.effects).toEqual([])
    expect(till.payment.reports).toEqual([])
  })

  test('of one refund waits for the shop’s code that is busy with another one', () => {
    const till = SITUATIONS.paid()
    const first = told(refundFails(till.on(reported(told(till))), 'R1'))
    till.on(asks('R2')).on(refunded('R2')).at(20)
    till.on(asks('R1')).on(refunded('R1'))
    expect(till.payment.reports).toMatchObject([{ outRequestNo: 'R2', dueAt: first.dueAt }, { outRequestNo: 'R1' }])
    const second = told(till.wakeWhenDue())
    expect(second.outRequestNo).toBe('R2')
    expect(told(till.on(reported(second))).outRequestNo).toBe('R1')
  })

  test('is left to another process, due at once, and not taken by a wake-up that leaves it', () => {
    const till = SITUATIONS.paid()
    const report = told(till)
    till.at(2).on({ type: 'reportLeft', reportId: report.id })
    expect(till.payment.reports).toEqual([{ ...report, dueAt: new Date(START + 2_000) }])
    expect(seconds(till.payment.dueAt)).toBe('2 s')
    const left = till.payment
    expect(till.at(9).on({ type: 'wake', leavesReport: true }).payment).toBe(left)
    expect(till.effects).toEqual([])
    expect(told(till.wake(9))).toMatchObject({ id: report.id, attempts: 0 })
  })

  test('one told out of turn is done all the same', () => {
    const till = SITUATIONS.paid()
    till.on(asks('R1')).on(refunded('R1'))
    const behind = till.payment.reports[1] as Report
    till.on(reported(behind))
    expect(till.payment.reports.map(({ kind }) => kind)).toEqual(['settled'])
    expect(till.effects).toEqual([])
  })

  test('numbers its reports upwards however many there were', () => {
    const till = SITUATIONS.unsure().on(pays(refused()))
    const ids = [told(till).id]
    for (let round = 0; round < 5; round++) {
      till.on(reported(told(till)))
      till.wakeWhenDue().on(answers(paid())).on(cancels('refunded'))
      ids.push(told(till).id)
    }
    expect(new Set(ids).size).toBe(6)
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })
})
