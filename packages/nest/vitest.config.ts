import { createRequire } from 'node:module'
import { mergeConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import { packageTests } from '../../vitest.shared.ts'

const require = createRequire(import.meta.url)

/** Where `@nestjs/…` and its companions are found from: this package has Nest 12, the others stand beside it. */
const NESTS = {
  '10': createRequire(require.resolve('nest-10/package.json')),
  '11': createRequire(require.resolve('nest-11/package.json')),
  '12': require,
}
const COMPANIONS = ['common', 'core', 'platform-express', 'platform-fastify', 'terminus', 'testing'].map(
  (name) => `@nestjs/${name}`,
)

/** The same tests on every Nest. */
export default mergeConfig(
  packageTests,
  defineConfig({
    test: {
      projects: Object.entries(NESTS).map(([major, from]) => ({
        extends: true,
        resolve: {
          alias: [...COMPANIONS, 'reflect-metadata', 'rxjs'].map((name) => ({
            find: new RegExp(`^${name}$`),
            replacement: from.resolve(name),
          })),
        },
        test: { name: `nest-${major}`, env: { NEST_CORE: from.resolve('@nestjs/core'), NEST_MAJOR: major } },
      })),
    },
  }),
)
