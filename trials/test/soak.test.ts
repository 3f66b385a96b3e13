import { memoryStore } from '@f2f/core'
import { expect, test } from 'vitest'
import { soak } from '../src/soak/soak.ts'

test.each([1, 2, 3])(
  '300 payments with a fifth of everything failing end with equal books (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const result = await soak({ store: memoryStore(), payments: 300, seed, faultShare: 0.2 })
    expect(result.wrong).toEqual([])
    expect(result.payments).toBe(300)
    expect(Object.keys(result.byOutcome).sort()).toEqual(['closed', 'failed', 'paid', 'reversed'])
    expect(result.refunds.succeeded).toBeGreaterThan(5)
  },
)
