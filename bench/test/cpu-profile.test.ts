import { expect, it } from 'vitest'
import { selfTimes } from '../src/cpu-profile.ts'

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber })

it('sums the time each function was on top, most first, and leaves idle time out', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(idle)') },
      { id: 2, callFrame: frame('sign', 'file:///work/node_modules/x/sign.js', 6) },
      { id: 3, callFrame: frame('sign', 'file:///work/node_modules/x/sign.js', 6) },
      { id: 4, callFrame: frame('', 'node:http', 0) },
    ],
    samples: [1, 2, 4, 3],
    timeDeltas: [6_000, 1_000, 1_000, 2_000],
  }
  expect(selfTimes(profile)).toEqual({
    functions: [
      { name: 'sign', place: 'x/sign.js:7', ms: 3 },
      { name: '(anonymous)', place: 'node:http:1', ms: 1 },
    ],
    busyMs: 4,
    idle: 0.6,
  })
})
