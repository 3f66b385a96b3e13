import { expect, test } from 'vitest'
import type { Delivery } from '../src/crash/till-config.ts'
import { outOfOrder } from '../src/crash/verdict.ts'

const told = (outTradeNo: string, version: number, status = 'paid'): Delivery => ({ outTradeNo, version, status })

test('deliveries of one payment may be repeated and go on, and must not go back', () => {
  const refund: Delivery = { ...told('A', 4, 'failed'), outRequestNo: 'R1' }
  expect(outOfOrder([told('A', 2), told('B', 9), told('A', 2), told('A', 5), told('B', 9)])).toEqual([])
  expect(outOfOrder([told('A', 2), told('A', 5), refund, told('A', 5)])).toEqual([
    'A: that refund R1 is failed (version 4) was told after version 5',
  ])
})
