import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../lib/workspace.ts'

const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
const rows = text.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| can try'))

test('every promise of SECURITY.md names what shows it, and that is there', () => {
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) {
    const shown = [...(row.split(' | ').at(-1) ?? '').matchAll(/`([^`]+\.(?:ts|yaml))`/g)].map(([, path = '']) => path)
    expect([row, shown.length > 0]).toEqual([row, true])
    expect(shown.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  }
})
