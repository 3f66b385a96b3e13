import { expect, test } from 'vitest'
import { asModule, codeBlocks } from '../lib/docs.ts'

const FENCE = '```'

test('only ts blocks that are not marked no-check are taken', () => {
  const markdown = [
    'text',
    `${FENCE}ts`,
    'const a = 1',
    FENCE,
    `${FENCE}ts no-check`,
    'const b =',
    FENCE,
    `${FENCE}sh`,
    'npm test',
    FENCE,
    '  ````ts',
    `${FENCE}`,
    '  ````',
  ].join('\n')
  expect(codeBlocks('README.md', markdown)).toEqual([
    { file: 'README.md', line: 3, code: 'const a = 1' },
    { file: 'README.md', line: 12, code: FENCE },
  ])
})

test('a block keeps the line numbers of its document', () => {
  const [block] = codeBlocks('README.md', `# title\n\n${FENCE}ts\nconst a = 1\n${FENCE}\n`)
  expect(block && asModule(block).split('\n')[3]).toBe('const a = 1')
})
