import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { writeFiles } from '../lib/consumer-project.ts'
import { isAllowed, runtimeDependencies } from '../lib/licences.ts'

describe('licences', () => {
  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['GPL-3.0 OR ISC', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0', false],
    ['(MIT OR ISC) AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['MIT-ish', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed)
  })
})

test('what runs with a package is found where Node finds it, its peers too, and by whom it comes', () => {
  const root = mkdtempSync(join(tmpdir(), 'f2f-licences-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const manifest = (name: string, more: object) => JSON.stringify({ name, version: '1.0.0', ...more })
  writeFiles(root, {
    'package.json': manifest('ours', { dependencies: { a: '1' }, peerDependencies: { p: '1', absent: '1' } }),
    'node_modules/a/package.json': manifest('a', { license: 'MIT', dependencies: { b: '1', '@f2f/core': '1' } }),
    'node_modules/a/node_modules/b/package.json': manifest('b', { licenses: [{ type: 'GPL-3.0' }, { type: 'MIT' }] }),
    'node_modules/b/package.json': manifest('b', { version: '2.0.0', license: 'never' }),
    'node_modules/p/package.json': manifest('p', { optionalDependencies: { a: '1' }, devDependencies: { dev: '1' } }),
    'node_modules/dev/package.json': manifest('dev', { license: 'never' }),
    'node_modules/@f2f/core/package.json': manifest('@f2f/core', { license: 'MIT' }),
  })
  expect(runtimeDependencies(root)).toEqual([
    { name: 'a', version: '1.0.0', licence: 'MIT', by: ['ours'] },
    { name: 'b', version: '1.0.0', licence: 'GPL-3.0 OR MIT', by: ['ours', 'a'] },
    { name: 'p', version: '1.0.0', licence: undefined, by: ['ours'] },
  ])
})
