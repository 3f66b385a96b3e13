import { createRequire } from 'node:module'
import { VERSION } from '../version.ts'

export const FRAMEWORKS = ['express', 'koa', 'nest'] as const
export type Framework = (typeof FRAMEWORKS)[number]

type Versions = Readonly<Record<string, string>>

interface Starter {
  readonly dependencies: Versions
  readonly devDependencies: Versions
  /** Nest's decorators are no plain JavaScript, so it is built; the others run as they are. */
  readonly isBuilt: boolean
}

/** Held to the versions this package is tested with by a test. */
export const STARTERS: Readonly<Record<Framework, Starter>> = {
  express: { dependencies: { express: '^5.3.0' }, devDependencies: { '@types/express': '^5.0.6' }, isBuilt: false },
  koa: { dependencies: { koa: '^3.3.0' }, devDependencies: { '@types/koa': '^3.0.3' }, isBuilt: false },
  nest: {
    dependencies: {
      '@nestjs/common': '^12.5.1',
      '@nestjs/core': '^12.5.1',
      '@nestjs/platform-express': '^12.5.1',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
    },
    devDependencies: {},
    isBuilt: true,
  },
}

const require = createRequire(import.meta.url)
const installed = (name: string): string => `^${(require(`${name}/package.json`) as { version: string }).version}`

const inOrder = (versions: Versions): Versions =>
  Object.fromEntries(Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)))

const SIMULATE = 'f2f simulate --dir .'
const RUN = 'node --env-file=.env'

const PLAIN_SCRIPTS = { dev: `${RUN} --watch src/main.ts`, start: `${RUN} src/main.ts`, typecheck: 'tsc' }
const BUILT_SCRIPTS = { dev: `tsc && ${RUN} dist/main.js`, start: `${RUN} dist/main.js`, build: 'tsc' }

/** The starter's package.json. */
export const starterManifest = (name: string, framework: Framework): object => {
  const { dependencies, devDependencies, isBuilt } = STARTERS[framework]
  // The adapters have core's version; a changeset rule holds it.
  const core = installed('@f2f/core')
  return {
    name,
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: { simulate: SIMULATE, ...(isBuilt ? BUILT_SCRIPTS : PLAIN_SCRIPTS) },
    dependencies: inOrder({
      '@f2f/core': core,
      [`@f2f/${framework}`]: core,
      '@f2f/sql': installed('@f2f/sql'),
      'better-sqlite3': '^13.2.0',
      ...dependencies,
    }),
    devDependencies: inOrder({
      '@f2f/cli': `^${VERSION}`,
      '@types/node': '^24.0.0',
      typescript: '~6.0.0',
      ...devDependencies,
    }),
  }
}

/** The starter's tsconfig.json. */
export const starterTsconfig = (framework: Framework): object => ({
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    ...(STARTERS[framework].isBuilt
      ? { experimentalDecorators: true, rewriteRelativeImportExtensions: true, rootDir: 'src', outDir: 'dist' }
      : { erasableSyntaxOnly: true, allowImportingTsExtensions: true, noEmit: true }),
  },
  include: ['src'],
})
