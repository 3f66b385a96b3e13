import type { Options } from 'tsup'

/** One build for every package: ESM and CJS, each with its own types. Changing the bundler is changing this file. */
export const packageBuild = (entry: Record<string, string>, extra: Options = {}): Options => ({
  entry,
  format: ['esm', 'cjs'],
  target: 'node20.19',
  platform: 'node',
  // Types of other workspace packages stay imports: this configuration has no `paths`.
  tsconfig: '../../tsconfig.base.json',
  dts: true,
  clean: true,
  splitting: true,
  treeshake: true,
  sourcemap: true,
  removeNodeProtocol: false,
  ...extra,
})
