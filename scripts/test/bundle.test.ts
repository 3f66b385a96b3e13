import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { measureBundle } from '../lib/bundle.ts'
import { writeFiles } from '../lib/consumer-project.ts'

test('a bundle is the entry and what it loads, chunks once, and names what comes from outside', () => {
  const dir = mkdtempSync(join(tmpdir(), 'f2f-bundle-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  writeFiles(dir, {
    'index.cjs': "const a = require('./chunks/a.cjs'); const b = require('./b.cjs'); require('node:crypto')",
    'b.cjs': "require('./chunks/a.cjs'); require('lodash')",
    'chunks/a.cjs': "require('node:crypto')",
    'other.cjs': "require('never')",
  })
  const { files, externals, bytes } = measureBundle(join(dir, 'index.cjs'))
  expect(files.map((file) => file.slice(dir.length + 1))).toEqual(['index.cjs', 'chunks/a.cjs', 'b.cjs'])
  expect(externals).toEqual(['lodash', 'node:crypto'])
  expect(bytes).toBeGreaterThan(100)
})
