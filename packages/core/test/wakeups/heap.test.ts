import { array, assert, integer, nat, option, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AlarmHeap } from '../../src/wakeups/heap.ts'

const pushAll = (times: readonly number[]): AlarmHeap => {
  const heap = new AlarmHeap()
  for (const [index, at] of times.entries()) heap.push({ at, outTradeNo: `T${index}` })
  return heap
}

const drain = (heap: AlarmHeap): number[] => {
  const times: number[] = []
  for (let alarm = heap.pop(); alarm !== undefined; alarm = heap.pop()) times.push(alarm.at)
  return times
}

const ascending = (a: number, b: number) => a - b

describe('the heap of alarms', () => {
  test('gives back everything, soonest first', () => {
    assert(
      property(array(integer()), (times) => {
        expect(drain(pushAll(times))).toEqual([...times].sort(ascending))
      }),
    )
  })

  test('agrees with a sorted list while alarms come and go', () => {
    const push = nat(50)
    assert(
      property(array(option(push)), (moves) => {
        const heap = new AlarmHeap()
        const list: number[] = []
        for (const at of moves) {
          if (at === null) expect(heap.pop()?.at).toBe(list.shift())
          else {
            heap.push({ at, outTradeNo: 'T' })
            list.push(at)
            list.sort(ascending)
          }
          expect(heap.peek()?.at).toBe(list[0])
          expect(heap.size).toBe(list.length)
        }
      }),
    )
  })

  test('is empty at first, and after its last alarm', () => {
    const heap = pushAll([1])
    expect(heap.pop()).toEqual({ at: 1, outTradeNo: 'T0' })
    expect([heap.pop(), heap.peek(), heap.size]).toEqual([undefined, undefined, 0])
  })
})
