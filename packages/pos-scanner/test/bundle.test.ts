import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { BROWSER_BUDGET } from '../scripts/build-options.ts'
import { pageScript, publishedBundle } from './helpers/bundle.ts'

const ENTRIES = { browser: 'index.ts', node: 'node/index.ts', testing: 'testing/index.ts' }

describe('what is published', () => {
  test('for browsers is under 4 KB gzipped', async () => {
    const code = await publishedBundle(ENTRIES.browser)
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(BROWSER_BUDGET)
  })

  test('depends on nothing', () => {
    expect(Object.keys(manifest)).not.toContain('dependencies')
    expect(manifest.peerDependenciesMeta).toEqual({ 'node-hid': { optional: true } })
  })

  for (const [name, entry] of Object.entries(ENTRIES)) {
    test(`loads nothing, logs nothing, stores nothing, sends nothing: ${name}`, async () => {
      const code = await publishedBundle(entry)
      expect(code).not.toMatch(/\bimport\b|\brequire\b|node:/)
      expect(code).not.toMatch(/console|location|history|fetch|XMLHttpRequest|sendBeacon|Storage|cookie|indexedDB/)
    })

    test(`can be loaded where there is neither a page nor Node: ${name}`, async () => {
      const context = createContext({ Event })
      runInContext(await pageScript(entry), context)
      expect(Object.keys(runInContext('posScanner', context) as object).length).toBeGreaterThan(0)
    })
  }
})
