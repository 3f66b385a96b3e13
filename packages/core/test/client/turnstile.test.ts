import { describe, expect, it } from 'vitest'
import { turnstile } from '../../src/client/turnstile.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('turnstile', () => {
  it('lets a few pass in this turn of the event loop and the others in order later, none of them lost', async () => {
    const passed: number[] = []
    const all = Array.from({ length: 100 }, async (_, index) => {
      await turnstile()
      passed.push(index)
    })
    await Promise.resolve()
    expect(passed).toHaveLength(16)
    const perTurn: number[] = []
    while (passed.length < 100) {
      const before = passed.length
      await turn()
      perTurn.push(passed.length - before)
    }
    await Promise.all(all)
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(16)
    expect(passed).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })

  it('makes nobody wait who comes alone', async () => {
    for (let index = 0; index < 40; index += 1) {
      let passed = false
      const waiting = turnstile().then(() => {
        passed = true
      })
      await Promise.resolve()
      expect(passed).toBe(true)
      await waiting
      await turn()
    }
  })
})
