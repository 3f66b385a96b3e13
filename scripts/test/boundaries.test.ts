import { expect, test } from 'vitest'
import { coreManifestProblems, cycleProblems, importProblems, impurityProblems } from '../lib/boundaries.ts'
import { readSource } from '../lib/source.ts'

const core = {
  dir: 'packages/core',
  manifest: { name: '@f2f/core', version: '1.0.0', exports: { '.': {}, './testing': {} } },
}
const sql = { dir: 'packages/sql', manifest: { name: '@f2f/sql', version: '1.0.0' } }
const problemsOf = (owner: typeof core | typeof sql, path: string, text: string) =>
  importProblems([readSource(path, text)], owner, [core, sql])

test.each([
  ["import { a } from 'lodash'"],
  ["import type { A } from '@f2f/sql'"],
  ["export * from '../../sql/src/index.ts'"],
  ["const a = await import('lodash')"],
  ["const a = require('lodash')"],
  ["type A = import('lodash').A"],
  ["import { createHash } from 'node:crypto'"],
])('core may not contain: %s', (text) => {
  expect(problemsOf(core, 'packages/core/src/a.ts', text)).toHaveLength(1)
})

test.each([
  ["import { a } from './b.ts'"],
  ["import type { KeyObject } from 'node:crypto'"],
  ["import { isUtf8 } from 'node:buffer'"],
])('core may contain: %s', (text) => {
  expect(problemsOf(core, 'packages/core/src/a.ts', text)).toEqual([])
})

test.each([
  ["import { a } from '@f2f/core/machine'", '@f2f/core/machine is not a public entry of @f2f/core'],
  ["import { a } from '@f2f/core/dist/index.js'", '@f2f/core/dist/index.js is not a public entry of @f2f/core'],
  ["import { a } from '@f2f/sql'", '@f2f/sql is not a public entry of @f2f/sql'],
  ["import { a } from '@f2f/nothing'", '@f2f/nothing is no package of this workspace'],
  ["import { a } from '../../core/src/index.ts'", '../../core/src/index.ts leaves packages/sql'],
])('another package may not contain: %s', (text, problem) => {
  expect(problemsOf(sql, 'packages/sql/src/a.ts', text)).toEqual([`packages/sql/src/a.ts:1 ${problem}`])
})

test('another package may import public entries of core and libraries', () => {
  const text = "import 'kysely'\nimport { a } from '@f2f/core'\nimport { b } from '@f2f/core/testing'"
  expect(problemsOf(sql, 'packages/sql/src/a.ts', text)).toEqual([])
})

test.each([
  'Date.now()',
  'new Date()',
  'new Date',
  'Date()',
  'Math.random()',
  'performance.now()',
  'console.log(1)',
  'f(Date.now)',
])('%s is impure', (expression) => {
  expect(impurityProblems([readSource('packages/core/src/a.ts', `\n${expression}`)])).toHaveLength(1)
})

test('a date made from an instant is pure, and so are comments and texts', () => {
  const text = "new Date(0); new Date(at); '// Date.now()' // console.log(new Date())"
  expect(impurityProblems([readSource('packages/core/src/a.ts', text)])).toEqual([])
})

test('only the clock of core, and packages that are not pure, may ask what time it is', () => {
  const sources = ['packages/core/src/clock.ts', 'packages/simulator/src/a.ts', 'packages/core/test/a.ts']
  expect(impurityProblems(sources.map((path) => readSource(path, 'Date.now()')))).toEqual([])
})

test('a circle of imports is shown once, one of types is allowed', () => {
  const circle = (form: string) => [
    readSource('a/src/a.ts', "import './b.ts'"),
    readSource('a/src/b.ts', "import './c/c.ts'"),
    readSource('a/src/c/c.ts', form),
  ]
  expect(cycleProblems(circle("import { a } from '../a.ts'"))).toEqual([
    'circular import: a/src/a.ts → a/src/b.ts → a/src/c/c.ts → a/src/a.ts',
  ])
  expect(cycleProblems(circle("import type { A } from '../a.ts'"))).toEqual([])
})

test('core may have development dependencies only', () => {
  const manifest = { name: '@f2f/core', version: '1.0.0', devDependencies: { vitest: '5' } }
  expect(coreManifestProblems(manifest)).toEqual([])
  expect(coreManifestProblems({ ...manifest, peerDependencies: { kysely: '1' }, dependencies: {} })).toEqual([
    '@f2f/core has peerDependencies; it must have none',
  ])
})
