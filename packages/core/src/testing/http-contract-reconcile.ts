import type { Principal } from '../http/index.ts'
import { assert, assertEqual } from './assert.ts'
import { assertProblem, type HttpBench, type Json, TILL } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

const OFFICE: Principal = { scopes: ['reconcile'] }

const DAY_MS = 86_400_000
const BEIJING_OFFSET = 8 * 3_600_000

/** Days, in Beijing, so many after the server's today. */
const daysFromNow = async (bench: HttpBench, offsets: readonly number[]): Promise<readonly string[]> => {
  const { createdAt } = await bench.begin('waits')
  const now = Date.parse(String(createdAt)) + BEIJING_OFFSET
  return offsets.map((offset) => new Date(now + offset * DAY_MS).toISOString().slice(0, 10))
}

const reconcile = (bench: HttpBench, day: string, as: Principal = OFFICE) =>
  bench.ask(`/reconciliations/${day}`, { method: 'POST', as })

const report = (bench: HttpBench, day: string, as: Principal = OFFICE) =>
  bench.ask(`/reconciliations/${day}/report.csv`, { as })

/** Rules about holding a day's bill against the books. */
export const RECONCILE_RULES: readonly HttpRule[] = [
  {
    name: 'MUST reconcile a day, with its totals and every difference, and the same when asked again',
    async check(bench) {
      const day = bench.billDay('done')
      const { status, json, text } = await reconcile(bench, day)
      assertEqual([status, json.day, json.status, json.isClean], [200, day, 'done', false], text)
      const differences = json.differences as readonly Json[]
      assert(differences.length > 0, 'there are no differences')
      assertEqual(json.differenceCount, differences.length, 'how many differences')
      for (const side of [json.bill, json.ours] as readonly Json[]) {
        for (const name of ['paymentAmount', 'refundAmount']) assert(/^\d+\.\d\d$/.test(String(side[name])), name)
      }
      for (const { id, bucket, outTradeNo, suggestion } of differences) {
        assert(
          [id, bucket, outTradeNo].every((each) => typeof each === 'string' && each !== ''),
          text,
        )
        assert(typeof (suggestion as Json).why === 'string', 'a difference without a suggestion')
      }
      assertEqual((await reconcile(bench, day)).json, json, 'asked again')
      assertEqual((await bench.post(`/reconciliations/${day}`, {}, { as: OFFICE })).status, 200, 'an empty object')
    },
  },
  {
    name: 'MUST say that a bill is not there yet, and that a day had no business',
    async check(bench) {
      const awaited = await reconcile(bench, bench.billDay('notReady'))
      assertEqual([awaited.status, awaited.json.status], [200, 'notReady'], awaited.text)
      assert(!Number.isNaN(Date.parse(String(awaited.json.usuallyReadyAt))), 'it does not say until when')
      const empty = await reconcile(bench, bench.billDay('noData'))
      assertEqual([empty.status, empty.json.status, empty.json.differences], [200, 'noData', []], empty.text)
    },
  },
  {
    name: 'MUST give the report as a file for Excel once the day has been reconciled, and not before',
    async check(bench) {
      const day = bench.billDay('done')
      assertProblem(await report(bench, day), 404, 'RECONCILIATION_NOT_FOUND')
      const { json } = await reconcile(bench, day)
      const { status, headers, text } = await report(bench, day)
      assertEqual(status, 200, text)
      assert((headers['content-type'] ?? '').startsWith('text/csv'), `content type ${headers['content-type']}`)
      const disposition = headers['content-disposition'] ?? ''
      assert(disposition.startsWith('attachment') && disposition.includes(`${day}.csv"`), disposition)
      assert(text.startsWith('\uFEFF'), 'there is no byte order mark')
      for (const { outTradeNo } of json.differences as readonly Json[]) {
        assert(text.includes(String(outTradeNo)), `${outTradeNo} is not in the report`)
      }
      const awaited = bench.billDay('notReady')
      await reconcile(bench, awaited)
      assertProblem(await report(bench, awaited), 404, 'RECONCILIATION_NOT_FOUND')
    },
  },
  {
    name: 'MUST refuse today, the future, and what is no day',
    async check(bench) {
      const days = await daysFromNow(bench, [0, 1, 400])
      for (const day of [...days, '2026-02-30', '2020-01', '20200102', 'yesterday', '2020-01-02T00:00:00Z', '..%2Fx']) {
        assertProblem(await reconcile(bench, day), 400, 'REQUEST_INVALID', 'day')
        assertProblem(await report(bench, day), 400, 'REQUEST_INVALID', 'day')
      }
    },
  },
  {
    name: 'MUST refuse a body that says anything',
    async check(bench) {
      const path = `/reconciliations/${bench.billDay('done')}`
      const as = OFFICE
      assertProblem(await bench.post(path, { day: '2020-01-01' }, { as }), 400, 'REQUEST_INVALID', 'day')
      assertProblem(await bench.post(path, [], { as }), 400, 'HTTP_BODY_MALFORMED')
    },
  },
  {
    name: 'MUST let only those with the scope reconcile, and nobody limited to a part of what the bill has',
    async check(bench) {
      const day = bench.billDay('done')
      const strangers = [await bench.ask(`/reconciliations/${day}`, { method: 'POST', as: null })]
      strangers.push(await bench.ask(`/reconciliations/${day}/report.csv`, { as: null }))
      for (const reply of strangers) assertProblem(reply, 401, 'AUTH_REQUIRED')
      const limited = { merchantId: 'M9', scopes: ['reconcile'] } as const
      const till = { ...TILL, storeId: 'S9', scopes: ['reconcile'] } as const
      for (const [as, field] of [
        [TILL, undefined] as const,
        [till, 'storeId'] as const,
        [limited, 'merchantId'] as const,
      ]) {
        assertProblem(await reconcile(bench, day, as), 403, 'AUTH_FORBIDDEN', field)
        assertProblem(await report(bench, day, as), 403, 'AUTH_FORBIDDEN', field)
      }
    },
  },
]
