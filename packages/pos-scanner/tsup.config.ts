import { defineConfig } from 'tsup'
import { packageBuild } from '../../tsup.shared.ts'
import { CORE_ALIAS, MINIFY } from './scripts/build-options.ts'

export default defineConfig(
  packageBuild(
    { index: 'src/index.ts', node: 'src/node/index.ts', testing: 'src/testing/index.ts' },
    {
      platform: 'neutral',
      target: 'es2022',
      // Entries share no state, so each is one file; small, because one of them is for pages.
      splitting: false,
      minify: 'terser',
      terserOptions: MINIFY,
      dts: { resolve: ['@f2f/core'], compilerOptions: { paths: { '@f2f/core': [CORE_ALIAS['@f2f/core']] } } },
      esbuildOptions(options) {
        options.alias = CORE_ALIAS
      },
    },
  ),
)
