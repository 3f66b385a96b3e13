import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openStage } from '../../src/crash/stage.ts'
import { SET_BACK } from '../../src/crash/till-process.ts'

const TILL = { takesPayments: true, isWorker: true }

test('the clock set back while a till runs, and still slow when the next starts: nothing waits for it to catch up', {
  timeout: 120_000,
}, async () => {
  await using stage = await openStage(5, (folder) => ({ kind: 'sqlite', path: join(folder, 'payments.db') }))
  const first = await stage.start(TILL)
  await pause(400)
  first.setClockBack()
  await pause(600)
  await first.kill()
  // What it wrote before is due five minutes from now, by the clock of those who come after it.
  const second = await stage.start({ ...TILL, clockBehind: SET_BACK })
  await pause(500)
  await second.kill()
  const verdict = await stage.finish(2, SET_BACK)
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(2)
})
