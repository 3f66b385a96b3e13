import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('packages/', import.meta.url))
const apps = fileURLToPath(new URL('apps/', import.meta.url))

/** Tests see every workspace package as its source, so a failing line is a line somebody wrote. */
export const packageTests = defineConfig({
  resolve: {
    alias: [
      { find: /^@f2f\/(demo-[a-z-]+)$/, replacement: `${apps}$1/src/index.ts` },
      { find: /^@f2f\/(demo-[a-z-]+)\/([a-z-]+)$/, replacement: `${apps}$1/src/$2/index.ts` },
      { find: /^@f2f\/([a-z-]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@f2f\/([a-z-]+)\/([a-z-]+)$/, replacement: `${packages}$1/src/$2/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // The file is what `pnpm test` counts; see scripts/test.ts.
    reporters: ['default', ['json', { outputFile: '.artifacts/test.json' }]],
  },
})
