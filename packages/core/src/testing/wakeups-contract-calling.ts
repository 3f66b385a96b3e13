import { assert, assertEqual } from './assert.ts'
import type { Call, WakeupsRule } from './wakeups-contract-bench.ts'

/** A timer may fire this much early, ms: the machine takes a row so much before its time too. */
const EARLY = 50

const assertNotBefore = (calls: readonly Call[], time: Date, what: string): void => {
  const early = calls.find(({ at }) => at < time.getTime() - EARLY)
  assert(early === undefined, `${what} was called ${time.getTime() - (early?.at ?? 0)} ms before its time`)
}

/** Rules about when payments are called. */
export const CALLING_RULES: readonly WakeupsRule[] = [
  {
    name: 'MUST call a payment when its time has come, and not before',
    async check(bench) {
      await bench.start()
      const soon = bench.in(300)
      const later = bench.in(600)
      await bench.wakeups.schedule('LATER', later)
      await bench.wakeups.schedule('SOON', soon)
      await bench.untilCalled('LATER')
      assertNotBefore(bench.callsOf('SOON'), soon, 'the first')
      assertNotBefore(bench.callsOf('LATER'), later, 'the second')
      assertEqual(bench.callsOf('SOON').length > 0, true, 'the sooner one was called too')
    },
  },
  {
    name: 'MUST call at once what is overdue',
    async check(bench) {
      await bench.start()
      await bench.wakeups.schedule('OVERDUE', bench.in(-86_400_000))
      await bench.wakeups.schedule('NOW', bench.in(0))
      await bench.untilCalled('OVERDUE')
      await bench.untilCalled('NOW')
    },
  },
  {
    name: 'MUST be done with a plan once its call has succeeded',
    async check(bench) {
      await bench.start()
      await bench.wakeups.schedule('DONE', bench.in(100))
      await bench.untilCalled('DONE')
      await bench.pass(500)
      const calls = bench.callsOf('DONE').length
      await bench.pass(1_000)
      assertEqual(bench.callsOf('DONE').length, calls, 'calls, long after the last that succeeded')
    },
  },
  {
    name: 'MUST put a sooner plan in the place of an earlier one',
    async check(bench) {
      await bench.start()
      await bench.wakeups.schedule('SOONER', bench.in(86_400_000))
      await bench.wakeups.schedule('SOONER', bench.in(100))
      await bench.untilCalled('SOONER')
    },
  },
  {
    name: 'MUST put a later plan in the place of an earlier one',
    needs: 'recall',
    async check(bench) {
      await bench.start()
      const late = bench.in(1_200)
      await bench.wakeups.schedule('PUT_OFF', bench.in(300))
      await bench.wakeups.schedule('PUT_OFF', late)
      await bench.untilCalled('PUT_OFF')
      assertNotBefore(bench.callsOf('PUT_OFF'), late, 'what was put off')
    },
  },
  {
    name: 'MUST call what was planned before the start',
    async check(bench) {
      await bench.wakeups.schedule('EARLY_BIRD', bench.in(0))
      await bench.start()
      await bench.untilCalled('EARLY_BIRD')
    },
  },
  {
    name: 'MUST take a plan made by the very call it is about',
    async check(bench) {
      await bench.start(async (outTradeNo) => {
        if (bench.callsOf(outTradeNo).length < 3) await bench.wakeups.schedule(outTradeNo, bench.in(50))
      })
      await bench.wakeups.schedule('AGAIN', bench.in(0))
      await bench.untilCalled('AGAIN', 3)
    },
  },
  {
    name: 'MUST not lose a plan made while the payment is being called',
    async check(bench) {
      const { opened, open } = bench.gate()
      await bench.start(() => opened)
      await bench.wakeups.schedule('BUSY', bench.in(0))
      await bench.untilCalled('BUSY')
      await bench.wakeups.schedule('BUSY', bench.in(0))
      await bench.pass(100)
      open()
      await bench.untilCalled('BUSY', 2)
    },
  },
  {
    name: 'MUST call several payments side by side',
    async check(bench) {
      const { opened, open } = bench.gate()
      await bench.start(() => opened)
      for (const outTradeNo of ['SIDE_A', 'SIDE_B', 'SIDE_C']) await bench.wakeups.schedule(outTradeNo, bench.in(0))
      await bench.until(() => bench.calls.length >= 2, 'a second call while the first is under way')
      open()
    },
  },
  {
    name: 'MUST try a payment again whose call rejected, and go on with the others',
    async check(bench) {
      await bench.start(async (outTradeNo) => {
        if (outTradeNo === 'FAILS' && bench.callsOf(outTradeNo).length === 1) throw new Error('not this time')
      })
      await bench.wakeups.schedule('FAILS', bench.in(0))
      await bench.untilCalled('FAILS')
      await bench.wakeups.schedule('GOES_ON', bench.in(0))
      await bench.untilCalled('GOES_ON')
      await bench.untilCalled('FAILS', 2)
    },
  },
  {
    name: 'MUST take every order number: digits only, 64 characters, underscores',
    async check(bench) {
      await bench.start()
      const numbers = ['1', '00042', '20260329'.repeat(8), '_', 'Z'.repeat(64), '__proto__']
      for (const outTradeNo of numbers) await bench.wakeups.schedule(outTradeNo, bench.in(0))
      for (const outTradeNo of numbers) await bench.untilCalled(outTradeNo)
    },
  },
  {
    name: 'MUST call each of many payments',
    async check(bench) {
      await bench.start()
      const numbers = Array.from({ length: 300 }, (_, index) => `MANY_${index}`)
      await Promise.all(numbers.map((outTradeNo, index) => bench.wakeups.schedule(outTradeNo, bench.in(index % 200))))
      await bench.until(() => new Set(bench.calls.map(({ outTradeNo }) => outTradeNo)).size >= 300, 'all 300 called')
    },
  },
  {
    name: 'MUST call what another process planned',
    needs: 'another',
    async check(bench) {
      await bench.start()
      const other = await bench.another()
      await other.schedule('FROM_AFAR', bench.in(100))
      await bench.untilCalled('FROM_AFAR')
      await other.close()
    },
  },
  {
    name: 'MUST call each of many payments that are planned in one piece, and none before its time',
    async check(bench) {
      await bench.start()
      const plans = Array.from({ length: 1_050 }, (_, index) => ({
        outTradeNo: `PIECE_${index}`,
        at: bench.in(index < 300 ? 0 : 100 * (index % 10)),
      }))
      const last = bench.in(3_000)
      await bench.scheduleMany([{ outTradeNo: 'LAST', at: last }, ...plans])
      await bench.untilCalled('LAST')
      assertNotBefore(bench.callsOf('LAST'), last, 'the last of them')
      await bench.until(() => new Set(bench.calls.map(({ outTradeNo }) => outTradeNo)).size >= 1_051, 'all called')
      for (const { outTradeNo, at } of plans) assertNotBefore(bench.callsOf(outTradeNo), at, outTradeNo)
    },
  },
]
