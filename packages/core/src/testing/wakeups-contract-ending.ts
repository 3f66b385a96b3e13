import { assertEqual } from './assert.ts'
import type { WakeupsRule } from './wakeups-contract-bench.ts'

/** Rules about the end. */
export const ENDING_RULES: readonly WakeupsRule[] = [
  {
    name: 'MUST wait at the close for the calls under way',
    async check(bench) {
      const { opened, open } = bench.gate()
      await bench.start(() => opened)
      await bench.wakeups.schedule('UNDER_WAY', bench.in(0))
      await bench.untilCalled('UNDER_WAY')
      let isClosed = false
      const closing = bench.wakeups.close().then(() => {
        isClosed = true
      })
      await bench.pass(300)
      assertEqual(isClosed, false, 'closed while a call was under way')
      open()
      await closing
    },
  },
  {
    name: 'MUST call nothing after the close, neither planned before nor after',
    async check(bench) {
      await bench.start()
      await bench.wakeups.schedule('PLANNED', bench.in(300))
      await bench.wakeups.close()
      // A plan that comes too late may be refused or forgotten; the store knows of the payment.
      const planTooLate = async () => bench.wakeups.schedule('TOO_LATE', bench.in(0))
      await planTooLate().catch(() => undefined)
      await bench.pass(1_000)
      assertEqual(bench.calls, [], 'calls after the close')
    },
  },
  {
    name: 'MUST close when never started, and when closed already',
    async check(bench) {
      await bench.wakeups.schedule('NEVER', bench.in(0))
      await bench.wakeups.close()
      await bench.wakeups.close()
      assertEqual(bench.calls, [], 'calls without a start')
    },
  },
]
