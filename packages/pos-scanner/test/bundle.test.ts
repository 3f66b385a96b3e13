import { createContext, runInContext } from 'node:vm'
import { classifyAuthCode } from '@f2f/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { pageScript, publishedBundle } from './helpers/bundle.ts'

const ENTRIES = { browser: 'index.ts', node: 'node/index.ts', testing: 'testing/index.ts' }

describe('what is published', () => {
  test('depends on nothing', () => {
    expect(Object.keys(manifest)).not.toContain('dependencies')
    expect(manifest.peerDependenciesMeta).toEqual({ 'node-hid': { optional: true } })
  })

  test('tells whose code it is as core does', async () => {
    const context = createContext({ Event })
    runInContext(await pageScript(ENTRIES.browser), context)
    const { classifyAuthCode: published } = runInContext('posScanner', context) as {
      classifyAuthCode: typeof classifyAuthCode
    }
    const prefix = fc.constantFrom('', 'fp', ...Array.from({ length: 100 }, (_, index) => String(index)))
    const rest = fc.oneof(fc.stringMatching(/^[0-9]{0,26}$/), fc.stringMatching(/^\w{33}$/), fc.string())
    const code = fc.tuple(prefix, rest).map((parts) => parts.join(''))
    fc.assert(
      fc.property(code, (one) => published(one) === classifyAuthCode(one)),
      { numRuns: 5_000 },
    )
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
