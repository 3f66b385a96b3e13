import { describe, expect, it } from 'vitest'
import { createCryptoPool } from '../../src/protocol/crypto-pool.ts'

type Done = (error: Error | null, value: number) => void

describe('createCryptoPool', () => {
  it('runs 32 at once, the rest in order as others end, whether they end well or not', async () => {
    const inCryptoPool = createCryptoPool(2, () => 16)
    const started: number[] = []
    const running = new Map<number, Done>()
    const results = Array.from({ length: 3000 }, (_, index) =>
      inCryptoPool<number>((done) => {
        started.push(index)
        running.set(index, done)
      }).catch((error: Error) => error.message),
    )
    expect(started).toHaveLength(32)
    for (let index = 0; index < 3000; index += 1) {
      running.get(index)?.(index % 3 === 0 ? new Error(`no ${index}`) : null, index)
      expect(started).toHaveLength(Math.min(3000, index + 33))
    }
    expect(started).toEqual(started.map((_, index) => index))
    expect(await Promise.all(results)).toEqual(started.map((index) => (index % 3 === 0 ? `no ${index}` : index)))
  })

  it('goes on when an operation cannot even start', async () => {
    const inCryptoPool = createCryptoPool(2, () => 16)
    const failures = Array.from({ length: 100 }, () =>
      inCryptoPool(() => {
        throw new TypeError('no')
      }),
    )
    const results = await Promise.allSettled(failures)
    expect(results.map(({ status }) => status)).toEqual(failures.map(() => 'rejected'))
    expect(await inCryptoPool<number>((done) => done(null, 1))).toBe(1)
  })
})
