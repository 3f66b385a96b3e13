import { assert, assertEqual } from './assert.ts'
import { assertProblem, type HttpBench, type Json, TILL } from './http-contract-bench.ts'
import { eventsOf, type HttpEvent } from './http-contract-client.ts'
import type { HttpRule } from './http-contract-rule.ts'

const numbersOf = (page: Json): readonly unknown[] =>
  (page.payments as readonly Json[]).map(({ outTradeNo }) => outTradeNo)

const eventsPath = ({ outTradeNo }: Json): string => `/payments/${outTradeNo}/events`

/** The events until the server ends the stream. */
const allEvents = async (bench: HttpBench, payment: Json, lastSeen?: string): Promise<readonly HttpEvent[]> => {
  const headers = lastSeen === undefined ? {} : { 'last-event-id': lastSeen }
  const events: HttpEvent[] = []
  for await (const event of eventsOf(await bench.open(eventsPath(payment), { headers }))) events.push(event)
  return events
}

const assertGrowing = (events: readonly HttpEvent[]): void => {
  const versions = events.map(({ data }) => Number(data.version))
  assert(
    versions.every((version, index) => index === 0 || version > Number(versions[index - 1])),
    `versions ${versions.join(', ')}`,
  )
  for (const { id, data } of events) assertEqual(id, String(data.version), 'an id is the version')
}

/** A store of its own, so that nothing else is in its list. */
const someStore = (bench: HttpBench) => ({
  storeId: bench.number().slice(0, 20),
  scopes: ['pay', 'refund', 'watch'] as const,
})

/** Rules about looking at payments: one, for a while, as a stream, in lists. */
export const LOOK_RULES: readonly HttpRule[] = [
  {
    name: 'MUST show a payment, and say of an unknown number that there is none',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      const found = await bench.ask(`/payments/${outTradeNo}`)
      assertEqual([found.status, found.json.outTradeNo], [200, outTradeNo], 'a known one')
      assertProblem(await bench.ask(`/payments/${bench.number()}`), 404, 'PAYMENT_NOT_FOUND')
    },
  },
  {
    name: 'MUST hold the answer back until the payment is settled',
    async check(bench) {
      const payment = await bench.begin('waits')
      const waiting = bench.ask(`/payments/${payment.outTradeNo}?wait=30`)
      await bench.notify(await bench.signedNews(payment))
      const { status, json } = await waiting
      assertEqual([status, json.status], [200, 'paid'], 'the answer')
    },
  },
  {
    name: 'MUST answer with the payment as it stands when the time is up',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      const { status, json } = await bench.ask(`/payments/${outTradeNo}?wait=1`)
      assertEqual([status, json.settled], [200, false], 'the answer')
    },
  },
  {
    name: 'MUST refuse to wait for more than 60 seconds, or for something that is no time',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      for (const wait of ['61', '3600', '-1', '1.5', 'long', '1&wait=2']) {
        assertProblem(await bench.ask(`/payments/${outTradeNo}?wait=${wait}`), 400, 'REQUEST_INVALID', 'wait')
      }
    },
  },
  {
    name: 'MUST tell of every change in order, and end the stream when the payment is settled',
    async check(bench) {
      const payment = await bench.begin('waits')
      const stream = await bench.open(eventsPath(payment))
      assertEqual(stream.headers['content-type'], 'text/event-stream', 'content type')
      const events: HttpEvent[] = []
      for await (const event of eventsOf(stream)) {
        if (events.length === 0) await bench.notify(await bench.signedNews(payment))
        events.push(event)
      }
      assertGrowing(events)
      assertEqual(events.at(-1)?.data.status, 'paid', 'the last event')
    },
  },
  {
    name: 'MUST go on behind the last event the client saw, without repeating it',
    async check(bench) {
      const payment = await bench.begin('waits')
      const stream = await bench.open(eventsPath(payment))
      const first = await eventsOf(stream).next()
      stream.destroy()
      const seen = first.value?.id ?? ''
      await bench.notify(await bench.signedNews(payment))
      const events = await allEvents(bench, payment, seen)
      assertGrowing(events)
      assert(
        events.every(({ id }) => Number(id) > Number(seen)),
        `${seen} came again`,
      )
      assertEqual(events.at(-1)?.data.status, 'paid', 'the last event')
    },
  },
  {
    name: 'MUST tell a client that has seen the end not to come back, and start over for one with an id of its own',
    async check(bench) {
      const payment = await bench.paid()
      const [event, ...more] = await allEvents(bench, payment)
      assertEqual([event?.data.status, more.length], ['paid', 0], 'the stream of a settled payment')
      const headers = { 'last-event-id': event?.id ?? '' }
      assertEqual((await bench.ask(eventsPath(payment), { headers })).status, 204, 'coming back')
      for (const strange of ['x', '-1', '1e3', '99999999999999999999']) {
        assertEqual((await allEvents(bench, payment, strange)).length, 1, `events after id ${strange}`)
      }
    },
  },
  {
    name: 'MUST say that there is no payment to watch',
    async check(bench) {
      assertProblem(await bench.ask(`/payments/${bench.number()}/events`), 404, 'PAYMENT_NOT_FOUND')
    },
  },
  {
    name: 'MUST list newest first, page by page, each payment once',
    async check(bench) {
      const as = someStore(bench)
      const begun: Json[] = []
      for (let index = 0; index < 5; index++) begun.push(await bench.begin('waits', {}, as))
      // Those begun in one millisecond come by number, the largest first.
      const order = ({ createdAt, outTradeNo }: Json) => `${createdAt} ${outTradeNo}`
      const expected = begun.sort((a, b) => (order(a) < order(b) ? 1 : -1)).map(({ outTradeNo }) => outTradeNo)
      const listed: unknown[] = []
      let cursor: unknown
      do {
        const { json, status, text } = await bench.ask(`/payments?limit=2${cursor ? `&cursor=${cursor}` : ''}`, { as })
        assertEqual(status, 200, text)
        assert(numbersOf(json).length <= 2, 'a page is too long')
        listed.push(...numbersOf(json))
        cursor = json.nextCursor
      } while (cursor !== undefined && listed.length <= 5)
      assertEqual(listed, expected, 'all pages')
    },
  },
  {
    name: 'MUST list by status, by Beijing day, by instants',
    async check(bench) {
      const as = someStore(bench)
      const paid = await bench.paid({}, as)
      const waiting = await bench.begin('waits', {}, as)
      const listed = async (query: string) => numbersOf((await bench.ask(`/payments?${query}`, { as })).json)
      const begun = Date.parse(String(paid.createdAt))
      const day = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
      assertEqual(await listed('status=paid'), [paid.outTradeNo], 'paid ones')
      assertEqual((await listed('status=paid,paying,confirming')).length, 2, 'several statuses')
      assertEqual(await listed('status=reversed'), [], 'a status nothing is in')
      assert((await listed(`day=${day(begun)}`)).includes(paid.outTradeNo), 'its day lacks a payment')
      assertEqual(await listed(`day=${day(begun - 86_400_000)}`), [], 'the day before')
      assert((await listed(`from=${paid.createdAt}`)).includes(waiting.outTradeNo), 'from its beginning')
      assertEqual(await listed(`to=${paid.createdAt}`), [], 'up to its beginning')
    },
  },
  {
    name: 'MUST refuse parameters of a list that it does not understand, by name',
    async check(bench) {
      for (const [field, query] of [
        ['status', 'status=lost'],
        ['day', 'day=2026-02-30'],
        ['day', 'day=2026-01-01&from=2026-01-01T00:00:00Z'],
        ['from', 'from=yesterday'],
        ['to', 'to=2026-01-01T00:00:00'],
        ['limit', 'limit=201'],
        ['limit', 'limit=0'],
        ['limit', 'limit=2&limit=3'],
        ['cursor', 'cursor=forged'],
        ['colour', 'colour=red'],
      ] as const) {
        assertProblem(await bench.ask(`/payments?${query}`), 400, 'REQUEST_INVALID', field)
      }
    },
  },
  {
    name: 'MUST tell a caller who it is and what it may do',
    async check(bench) {
      const as = { ...TILL, refundLimit: '12.5' }
      const { status, json } = await bench.ask('/me', { as })
      assertEqual([status, json], [200, { ...as, refundLimit: '12.50' }], 'a till')
      const office = await bench.ask('/me', { as: { scopes: ['reconcile'] } })
      assertEqual([office.status, office.json], [200, { scopes: ['reconcile'] }], 'who is no till')
    },
  },
  {
    name: 'MUST show the history of one payment, also when it is waited for or watched, and not in lists',
    async check(bench) {
      const payment = await bench.paid()
      const read = await bench.ask(`/payments/${payment.outTradeNo}`)
      const [watched] = await allEvents(bench, payment)
      for (const { history } of [payment, read.json, watched?.data ?? {}]) {
        const lines = (history ?? []) as readonly Json[]
        assertEqual(lines.at(-1)?.status, 'paid', 'the last line')
        for (const line of lines) assertEqual(Object.keys(line).sort(), ['at', 'status', 'why'], 'a line')
      }
      const { payments } = (await bench.ask('/payments')).json
      assert(!('history' in ((payments as readonly Json[])[0] ?? {})), 'a list shows histories')
    },
  },
]
