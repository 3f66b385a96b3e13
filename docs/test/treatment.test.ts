import { expect, test } from 'vitest'
import { codeBlocks } from '../check/blocks.ts'
import { treatmentOf } from '../check/treatment.ts'

const treatment = (info: string) => {
  const [block] = codeBlocks('page.md', `\`\`\`${info}\ncode\n\`\`\`\n`)
  if (block === undefined) throw new Error('no block')
  return treatmentOf(block)
}

test('what can be run is run', () => {
  expect(treatment('ts')).toEqual({ is: 'module' })
  expect(treatment('sh until="ready"')).toEqual({ is: 'shell' })
  expect(treatment('json [f2f.config.json]')).toEqual({ is: 'data' })
  expect(treatment('text')).toEqual({ is: 'text' })
})

test('what is not run has a reason, and is compiled unless it has a reason for that, too', () => {
  const reason = 'needs a scanner at the till'
  expect(treatment(`ts not-run="${reason}"`)).toEqual({ is: 'excused', reason, compiled: true })
  expect(treatment(`ts not-compiled="${reason}"`)).toEqual({ is: 'excused', reason, compiled: false })
  expect(treatment(`nginx not-run="${reason}"`)).toEqual({ is: 'excused', reason, compiled: false })
})

test.each([
  ['', 'a fence names its language'],
  ['nginx', 'nginx cannot be run here'],
  ['ts not-run="later"', '"later" is no reason'],
  ['ts no-check', '"no-check" means nothing in a fence'],
  ['ts skip="because it is long"', '"skip" means nothing in a fence'],
])('nothing is left out silently: ```%s', (info, problem) => {
  expect(treatment(info)).toEqual({ is: 'mistake', problem: expect.stringContaining(problem) })
})
