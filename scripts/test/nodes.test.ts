import { expect, test } from 'vitest'
import { isPromised, promisedNodes } from '../lib/nodes.ts'

test.each([
  ['18.20.4', false],
  ['20.9.0', false],
  ['20.19.0', true],
  ['22.0.0', true],
  ['26.1.0', true],
])('Node %s is promised: %s', (version, promised) => {
  expect(isPromised(version)).toBe(promised)
})

test('this Node is among those found, each version once', () => {
  const versions = promisedNodes().map(({ version }) => version)
  expect(versions).toContain(process.versions.node)
  expect(new Set(versions).size).toBe(versions.length)
})
