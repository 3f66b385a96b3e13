import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Payment } from '@f2f/core'
import type { FaultRule } from '@f2f/simulator'
import { describe, expect, test } from 'vitest'
import {
  type AuditRecord,
  type Delivery,
  type Difference,
  downloadBill,
  fileAudit,
  memoryAudit,
  type RepairOptions,
  reconcile,
  refundsMade,
  repair,
} from '../../src/index.ts'
import { codeOf, collect } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'
import { ourPayment, refundRow, storeOf, tradeRow } from '../support/rows.ts'
import { billsOf, newCode, openShop, type Shop } from '../support/shop.ts'

const DAY = '2026-01-05'
const NEXT = '2026-01-06'
const HOURS_24 = 24 * 3_600_000

const paidIn = async ({ cashier, clock }: Shop, outTradeNo: string): Promise<Payment> => {
  const work = cashier.pay({ outTradeNo, authCode: newCode('00'), totalAmount: '12.34', subject: 'tea' })
  await clock.advance(1_000)
  return work
}

const billOf = async (shop: Shop, billDate: string): Promise<string> => {
  const to = join(await temporaryFolder(), 'bill.zip')
  await downloadBill({ ...billsOf(shop), billType: 'trade', billDate, to })
  return to
}

/** A day on which Alipay has T1, and our books have it as `changes` say. */
const differing = async (changes: Partial<Payment>, faults: readonly FaultRule[] = []) => {
  const shop = openShop(`${DAY}T12:00:00`, { faults })
  const payment = { ...(await paidIn(shop, 'T1')), ...changes }
  await shop.clock.advance(HOURS_24)
  const { differences } = await reconcile({ store: storeOf([payment]), bill: await billOf(shop, DAY) })
  const audit = memoryAudit()
  const fix = (options: Partial<RepairOptions> = {}) =>
    repair({ differences, alipay: shop.alipay, audit, by: 'op1', confirm: () => true, ...options })
  const refunds = () => shop.simulator.ledger.find('T1')?.refunds ?? []
  return { shop, payment, differences, audit, fix, refunds }
}

const CLOSED: Partial<Payment> = { status: 'closed' }
const stages = async (audit: { records(): AsyncIterable<AuditRecord> }) =>
  (await collect(audit.records())).map(({ stage, result }) => (result === undefined ? stage : `${stage} ${result}`))

describe('giving money back', () => {
  test('once, after asking, with a trail', async () => {
    const { fix, refunds, audit } = await differing(CLOSED)
    const [outcome] = await fix()
    expect(outcome).toMatchObject({ outcome: 'refunded', again: false, facts: { amount: 1234 } })
    expect(refunds()).toMatchObject([{ refundAmount: '12.34', outRequestNo: outcome?.facts.outRequestNo }])
    expect(await stages(audit)).toEqual(['begun', 'done refunded'])
    expect((await collect(audit.records()))[1]).toMatchObject({
      action: 'refund',
      by: 'op1',
      outTradeNo: 'T1',
      at: '2026-01-06T04:00:01.000Z',
    })
  })

  test('not again', async () => {
    const { fix, refunds, audit } = await differing(CLOSED)
    await fix()
    expect(await fix()).toMatchObject([{ outcome: 'refunded', again: true }])
    expect(refunds()).toHaveLength(1)
    expect(await stages(audit)).toHaveLength(2)
  })

  test('once, though the trail was lost', async () => {
    const { fix, refunds } = await differing(CLOSED)
    await fix()
    expect(await fix({ audit: memoryAudit() })).toMatchObject([{ outcome: 'refunded', again: false }])
    expect(refunds()).toHaveLength(1)
  })

  test('once, though the answer was lost', async () => {
    const { fix, refunds, audit } = await differing(CLOSED, [
      { method: 'refund', when: 'after', fault: 'drop', times: 1 },
    ] as FaultRule[])
    expect(await fix()).toMatchObject([{ outcome: 'unknown', facts: { code: 'UNKNOWN_CONNECTION_LOST' } }])
    expect(await fix()).toMatchObject([{ outcome: 'refunded' }])
    expect(refunds()).toHaveLength(1)
    expect(await stages(audit)).toEqual(['begun', 'begun', 'done refunded'])
  })

  test('not when it went back meanwhile', async () => {
    const { fix, shop, refunds } = await differing(CLOSED)
    await shop.alipay.refund({ out_trade_no: 'T1', refund_amount: '12.34', out_request_no: 'by_hand' })
    expect(await fix()).toMatchObject([{ outcome: 'notConfirmed', facts: { status: 'TRADE_CLOSED' } }])
    expect(refunds()).toHaveLength(1)
  })

  test('and the refusal is told', async () => {
    const { fix, shop } = await differing(CLOSED)
    await shop.alipay.refund({ out_trade_no: 'T1', refund_amount: '0.34', out_request_no: 'by_hand' })
    expect(await fix()).toMatchObject([{ outcome: 'refused', facts: { code: '40004' } }])
  })

  test('is no difference the next day', async () => {
    const { fix, shop, payment, audit } = await differing(CLOSED)
    await fix()
    await shop.clock.advance(HOURS_24)
    const compare = async (also?: Awaited<ReturnType<typeof refundsMade>>) =>
      reconcile({ store: storeOf([payment]), bill: await billOf(shop, NEXT), also })
    expect((await compare()).differences).toMatchObject([{ bucket: 'onlyAlipay', kind: 'refund' }])
    expect(await compare(await refundsMade(audit))).toMatchObject({ isClean: true, buckets: { matched: { count: 1 } } })
  })
})

describe('the refunds that repairs have made', () => {
  test('are each there once, though two repaired at the same time', async () => {
    const { fix, refunds, audit } = await differing(CLOSED)
    // The slower one may find that Alipay has nothing left to give back.
    const outcomes = (await Promise.all([fix(), fix()])).flat().map(({ outcome }) => outcome)
    expect(outcomes).toContain('refunded')
    expect(['refunded', 'notConfirmed']).toEqual(expect.arrayContaining(outcomes))
    expect(refunds()).toHaveLength(1)
    expect(await refundsMade(audit)).toMatchObject([{ outTradeNo: 'T1', amount: 1234 }])
  })

  test('are of the day they were begun, though a crash came before the outcome was written down', async () => {
    const { fix, shop, payment, refunds, audit } = await differing(CLOSED)
    const crash: RepairOptions['audit'] = {
      records: () => audit.records(),
      append: (record) => (record.stage === 'done' ? Promise.reject(new Error('crash')) : audit.append(record)),
    }
    await expect(fix({ audit: crash })).rejects.toThrow('crash')
    await shop.clock.advance(HOURS_24)
    await fix()
    expect(refunds()).toHaveLength(1)
    const also = await refundsMade(audit)
    expect(also).toMatchObject([{ at: new Date('2026-01-06T04:00:01.000Z') }])
    await shop.clock.advance(HOURS_24)
    for (const [day, matched] of [[NEXT, 1] as const, ['2026-01-07', 0] as const]) {
      const result = await reconcile({ store: storeOf([payment]), bill: await billOf(shop, day), also })
      expect(result).toMatchObject({ isClean: true, buckets: { matched: { count: matched } } })
    }
  })
})

describe('delivering', () => {
  const OPEN: Partial<Payment> = { status: 'confirming', settledAt: undefined }

  test('what Alipay confirms, once', async () => {
    const { fix } = await differing(OPEN)
    const delivered: Delivery[] = []
    const deliver = (delivery: Delivery) => void delivered.push(delivery)
    expect(await fix({ deliver })).toMatchObject([{ outcome: 'delivered' }])
    expect(await fix({ deliver })).toMatchObject([{ outcome: 'delivered', again: true }])
    expect(delivered).toMatchObject([{ outTradeNo: 'T1', amount: 1234, tradeNo: expect.stringMatching(/^2026/) }])
  })

  test('not what Alipay no longer has', async () => {
    const { fix, shop } = await differing(OPEN)
    await shop.alipay.refund({ out_trade_no: 'T1', refund_amount: '12.34', out_request_no: 'by_hand' })
    const deliver = () => {
      throw new Error('must not be called')
    }
    expect(await fix({ deliver })).toMatchObject([{ outcome: 'notConfirmed' }])
  })

  test('again when the shop failed to', async () => {
    const { fix, audit } = await differing(OPEN)
    const failing = () => Promise.reject(new Error('out of stock'))
    await expect(fix({ deliver: failing })).rejects.toThrow('out of stock')
    expect(await fix({ deliver: () => undefined })).toMatchObject([{ outcome: 'delivered', again: false }])
    expect(await stages(audit)).toEqual(['begun', 'begun', 'done delivered'])
  })

  test('needs somebody who does it', async () => {
    const { fix } = await differing(OPEN)
    expect(await codeOf(fix())).toBe('CONFIG_INVALID')
  })
})

describe('asking', () => {
  const missing = async (bill: Parameters<typeof reconcile>[0]['bill'], ours = [ourPayment()]) =>
    (await reconcile({ day: '2026-01-01', bill, ours })).differences

  test('says how it stands, each time anew', async () => {
    const shop = openShop(`${DAY}T12:00:00`)
    const differences = await missing([])
    const fix = () => repair({ differences, alipay: shop.alipay, audit: memoryAudit(), by: 'op1', confirm: () => true })
    expect(await fix()).toMatchObject([{ outcome: 'asked', facts: { status: 'NOT_FOUND' } }])
    await paidIn(shop, 'T1')
    expect(await fix()).toMatchObject([
      { outcome: 'asked', again: false, facts: { status: 'TRADE_SUCCESS', amount: 1234 } },
    ])
  })

  test('about a refund', async () => {
    const shop = openShop(`${DAY}T12:00:00`)
    await paidIn(shop, 'T1')
    const ours = [{ ...ourPayment(), kind: 'refund' as const, outRequestNo: 'R1', amount: 100 }]
    const differences = await missing([], ours)
    const fix = () => repair({ differences, alipay: shop.alipay, audit: memoryAudit(), by: 'op1', confirm: () => true })
    expect(await fix()).toMatchObject([{ outcome: 'asked', facts: { status: 'NOT_REFUNDED' } }])
    await shop.alipay.refund({ out_trade_no: 'T1', refund_amount: '1.00', out_request_no: 'R1' })
    expect(await fix()).toMatchObject([{ outcome: 'asked', facts: { status: 'REFUND_SUCCESS' } }])
  })

  test('without an answer nothing is known', async () => {
    const faults = [{ method: 'query', when: 'before', fault: 'system_error' }] as FaultRule[]
    const { alipay } = openShop(`${DAY}T12:00:00`, { faults })
    const differences = await missing([])
    const outcomes = await repair({ differences, alipay, audit: memoryAudit(), by: 'op1', confirm: () => true })
    expect(outcomes).toMatchObject([{ outcome: 'unknown', facts: { code: 'BILL_UNAVAILABLE' } }])
  })
})

test('nothing is done without confirmation, and what only a person can decide is left alone', async () => {
  const { fix, refunds, audit, differences } = await differing(CLOSED)
  const asked: string[] = []
  const confirm = ({ id }: Difference) => {
    asked.push(id)
    return false
  }
  const strange = await reconcile({ day: DAY, bill: [tradeRow(), refundRow()], ours: [] })
  expect(await fix({ confirm, differences: [...differences, ...strange.differences] })).toMatchObject([
    { outcome: 'declined' },
    { outcome: 'forPerson' },
    { outcome: 'forPerson' },
  ])
  expect(asked).toEqual([differences[0]?.id])
  expect(refunds()).toEqual([])
  expect(await stages(audit)).toEqual(['declined'])
})

test('somebody must answer for it', async () => {
  const { fix } = await differing(CLOSED)
  expect(await codeOf(fix({ by: '' }))).toBe('CONFIG_INVALID')
})

test('a trail in a file survives a cut-off line', async () => {
  const path = join(await temporaryFolder(), 'audit.jsonl')
  const record = (id: string): AuditRecord => ({
    id,
    action: 'refund',
    stage: 'begun',
    at: '2026-01-01T00:00:00.000Z',
    by: 'op1',
    outTradeNo: 'T1',
  })
  expect(await collect(fileAudit(path).records())).toEqual([])
  const trail = fileAudit(path)
  await trail.append(record('a'))
  await trail.append(record('b'))
  await appendFile(path, '{"id":"c","act')
  await fileAudit(path).append(record('d'))
  expect((await collect(fileAudit(path).records())).map(({ id }) => id)).toEqual(['a', 'b', 'd'])
  expect(await readFile(path, 'utf8')).not.toContain('undefined')
})
