import { expect, it } from 'vitest'
import { quantile, spread, spreadText } from '../src/stats.ts'

it('takes the median and the extremes', () => {
  expect(spread([5, 1, 3])).toEqual({ median: 3, lowest: 1, highest: 5 })
  expect(spread([4, 1, 2, 3])).toEqual({ median: 2.5, lowest: 1, highest: 4 })
})

it('takes a quantile by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)]).toEqual([50, 99, 100])
  expect(quantile([7], 0.01)).toBe(7)
})

it('prints a single sample without a spread', () => {
  expect(spreadText(spread([1_234]))).toBe('1,234')
  expect(spreadText(spread([1, 2, 3]))).toBe('2 (1–3)')
})
