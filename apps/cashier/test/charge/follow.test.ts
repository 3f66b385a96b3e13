import type { PaymentDetailView } from '@f2f/core/http'
import { expect, test } from 'vitest'
import { StreamStalled } from '../../src/api/event-stream.ts'
import { ApiProblem, Offline } from '../../src/api/problem.ts'
import { follow } from '../../src/charge/follow.ts'

const view = (version: number, settled = false): PaymentDetailView => ({ version, settled }) as PaymentDetailView
const UNHEARD = new ApiProblem(404, 'PAYMENT_NOT_FOUND', '', false)

type Step = readonly PaymentDetailView[] | Error

/** Follows a payment at a back end that answers as written; time passes at once. */
const followed = async (streams: readonly Step[], polls: readonly Step[] = []): Promise<readonly unknown[]> => {
  const told: unknown[] = []
  const [nextStream, nextPoll] = [streams, polls].map((steps) => {
    const left = [...steps]
    return (): readonly PaymentDetailView[] => {
      const step = left.shift() ?? new Error('asked too often')
      if (step instanceof Error) throw step
      return step
    }
  })
  const leaving = new AbortController()
  await follow('T1', {
    api: {
      async *changes(_, seen) {
        told.push(`stream after ${seen}`)
        yield* nextStream?.() ?? []
      },
      async payment() {
        told.push('poll')
        return nextPoll?.()[0] ?? view(0)
      },
    },
    wait: async () => undefined,
    listener: {
      payment: ({ version }) => told.push(version),
      unheard: () => told.push('unheard'),
      offline: () => told.push('offline'),
    },
    signal: leaving.signal,
  })
  return told
}

test('every change until the payment is settled', async () => {
  expect(await followed([[view(1), view(2), view(3, true)]])).toEqual(['stream after undefined', 1, 2, 3])
})

test('a stream that breaks goes on after the version seen last', async () => {
  expect(await followed([[view(1)], [view(2, true)]])).toEqual(['stream after undefined', 1, 'stream after 1', 2])
})

test('a stream that is held back is given up for polling', async () => {
  expect(await followed([new StreamStalled()], [[view(1)], [view(2, true)]])).toEqual([
    'stream after undefined',
    'poll',
    1,
    'poll',
    2,
  ])
})

test('a back end that cannot be reached is asked until it answers', async () => {
  expect(await followed([new Offline(), new Offline()], [new Offline(), [view(4, true)]])).toEqual([
    'stream after undefined',
    'offline',
    'stream after undefined',
    'offline',
    'poll',
    'offline',
    'poll',
    4,
  ])
})

test('a number nobody knows may still be on its way', async () => {
  expect(await followed([UNHEARD, [view(1, true)]])).toEqual([
    'stream after undefined',
    'unheard',
    'stream after undefined',
    1,
  ])
})
