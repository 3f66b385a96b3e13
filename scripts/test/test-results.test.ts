import { expect, test } from 'vitest'
import { countReport, summary } from '../lib/test-results.ts'

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((one, index) => ({ fullName: `test ${index}`, status: one })),
})

test('passed and failed tests are counted', () => {
  const report = { success: false, testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed')] }
  expect(countReport('a', report)).toEqual({ name: 'a', passed: 2, failed: 1, notRun: [] })
})

test('skipped and planned tests are named, not counted', () => {
  const report = { success: true, testResults: [file('passed', 'passed', 'skipped', 'todo')] }
  expect(countReport('a', report)).toEqual({ name: 'a', passed: 1, failed: 0, notRun: ['test 1', 'test 2'] })
})

test('a file that does not load is one failure', () => {
  expect(countReport('a', { success: false, testResults: [file('failed')] }).failed).toBe(1)
})

test('a run that failed without a failed test is one failure', () => {
  expect(countReport('a', { success: false, testResults: [file('passed', 'passed')] }).failed).toBe(1)
})

test('the last line of the summary is the sum', () => {
  const text = summary([
    { name: 'a', passed: 2, failed: 1, notRun: [] },
    { name: 'long', passed: 3, failed: 0, notRun: ['slow one'] },
  ])
  expect(text.split('\n')).toEqual([
    '  a     2 passed, 1 failed',
    '  long  3 passed, 0 failed',
    '  not run: long slow one',
    '5 passed, 1 failed',
  ])
})
