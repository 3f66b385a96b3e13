import { isSettled } from '@f2f/core'
import { expect, test } from 'vitest'
import { exploreMachine } from '../generate/explore.ts'

const { edges } = exploreMachine()

test('every status is reached, and an end from every status that is none', () => {
  const statuses = new Set(edges.flatMap(({ from, to }) => [from, to]))
  expect([...statuses].sort()).toEqual(
    ['cancelling', 'closed', 'confirming', 'created', 'failed', 'paid', 'paying', 'reversed'].sort(),
  )
  const leadsToEnd = new Set([...statuses].filter((status) => isSettled({ status })))
  for (let before = -1; before !== leadsToEnd.size; ) {
    before = leadsToEnd.size
    for (const { from, to } of edges) if (leadsToEnd.has(to)) leadsToEnd.add(from)
  }
  expect(leadsToEnd).toEqual(statuses)
})

test('nothing leads away from paid', () => {
  expect(edges.filter(({ from }) => from === 'paid')).toEqual([])
})

test('an end that is left was not paid, and only a query leaves it', () => {
  const left = edges.filter(({ from }) => isSettled({ status: from }))
  expect(left.every(({ to, events }) => to === 'cancelling' && events.every((name) => name.startsWith('query')))).toBe(
    true,
  )
})
