import { expect, test } from 'vitest'
import { asModule, codeBlocks } from '../check/blocks.ts'

const FENCE = '```'

test('every fenced block is taken, with what its fence says', () => {
  const markdown = [
    'text',
    `${FENCE}ts [shop.ts] decorators not-run="needs Bun: bun's own tests run it"`,
    'const a = 1',
    FENCE,
    `${FENCE}sh`,
    'npm test',
    FENCE,
    '  ````TS [Express]',
    `${FENCE}`,
    '  ````',
    FENCE,
    'no language',
    FENCE,
  ].join('\n')
  const bare = { name: undefined, flags: [], attributes: {} }
  expect(codeBlocks('README.md', markdown)).toEqual([
    {
      file: 'README.md',
      line: 3,
      language: 'ts',
      name: 'shop.ts',
      flags: ['decorators'],
      attributes: { 'not-run': "needs Bun: bun's own tests run it" },
      code: 'const a = 1',
    },
    { file: 'README.md', line: 6, language: 'sh', ...bare, code: 'npm test' },
    { file: 'README.md', line: 9, language: 'ts', ...bare, code: FENCE },
    { file: 'README.md', line: 12, language: '', ...bare, code: 'no language' },
  ])
})

test('a block keeps the line numbers of its document', () => {
  const [block] = codeBlocks('README.md', `# title\n\n${FENCE}ts\nconst a = 1\n${FENCE}\n`)
  expect(block && asModule(block).split('\n')[3]).toBe('const a = 1')
})
