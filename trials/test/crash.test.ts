import { join } from 'node:path'
import { expect, test } from 'vitest'
import { crash } from '../src/crash/crash.ts'

test('a till on SQLite killed 12 times loses, doubles and misreports nothing', { timeout: 300_000 }, async () => {
  const verdict = await crash({
    backend: (folder) => ({ kind: 'sqlite', path: join(folder, 'payments.db') }),
    tills: 1,
    kills: 12,
    seed: 7,
  })
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(5)
})
