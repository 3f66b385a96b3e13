import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { AT_INSTALLATION, type Packed, packedProblems, workflowProblems } from '../lib/release.ts'
import { publicPackages, ROOT } from '../lib/workspace.ts'

const RELEASE = {
  versions: new Map([
    ['@f2f/core', '0.2.0'],
    ['@f2f/koa', '0.2.0'],
  ]),
  repository: 'shop/f2f',
}

const FILES = ['README.md', 'LICENSE', 'package.json', 'dist/index.js']
const MANIFEST = {
  name: '@f2f/koa',
  version: '0.2.0',
  license: 'MIT',
  peerDependencies: { '@f2f/core': '^0.2.0', koa: '^3.0.0' },
  repository: { type: 'git', url: 'git+https://github.com/shop/f2f.git', directory: 'packages/koa' },
}

const problems = (manifest: Partial<Packed['manifest']> = {}, files: readonly string[] = FILES) =>
  packedProblems({ manifest: { ...MANIFEST, ...manifest }, files }, 'packages/koa', RELEASE)

describe('a packed package', () => {
  test('that is as it should be has no problems', () => {
    expect(problems()).toEqual([])
    expect(problems({}, [...FILES, 'templates/express/src/main.ts'])).toEqual([])
  })

  test.each([
    [{ version: '0.0.0' }, 'has version 0.0.0'],
    [{ license: 'UNLICENSED' }, 'has the licence UNLICENSED'],
    [{ scripts: { postinstall: 'node x.js' } }, 'has a script postinstall'],
    [{ dependencies: { '@f2f/core': 'workspace:^' } }, 'as workspace:^, which only this workspace understands'],
    [{ dependencies: { '@f2f/core': '^0.1.0' } }, 'needs @f2f/core ^0.1.0; this release has 0.2.0'],
    [{ dependencies: { '@f2f/test-services': '^0.0.0' } }, 'this release has no such package'],
    [{ repository: {} }, 'it can have no provenance'],
    [{ repository: { ...MANIFEST.repository, directory: 'packages/core' } }, 'it can have no provenance'],
  ])('%j', (manifest, problem) => {
    expect(problems(manifest)).toEqual([expect.stringContaining(problem)])
  })

  test.each(['.env', 'keys/app.pem', 'test/a.test.ts', 'src/index.ts', 'node_modules/x/index.js', 'payments.db'])(
    'never has %s in it',
    (file) => {
      expect(problems({}, [...FILES, file])).toEqual([`@f2f/koa has ${file} in it`])
    },
  )

  test('has its README and the licence', () => {
    expect(problems({}, ['package.json'])).toEqual(['@f2f/koa has no README.md', '@f2f/koa has no LICENSE'])
  })
})

test('no published package of this workspace runs anything at installation', () => {
  const scripts = publicPackages().flatMap(({ manifest }) => Object.keys(manifest.scripts ?? {}))
  expect(scripts).toContain('build')
  expect(scripts.filter((name) => AT_INSTALLATION.includes(name))).toEqual([])
})

describe('the release workflow', () => {
  test('publishes with provenance and no stored token', () => {
    expect(workflowProblems(parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')))).toEqual([])
  })

  test.each([
    [{}, 2],
    [{ jobs: { release: { permissions: { 'id-token': 'write' }, steps: [{}] } } }, 1],
    [
      {
        jobs: {
          release: {
            permissions: { 'id-token': 'write' },
            steps: [{ env: { NPM_CONFIG_PROVENANCE: 'true', NODE_AUTH_TOKEN: 'secrets.NPM_TOKEN' } }],
          },
        },
      },
      1,
    ],
  ])('that does not is told so (%#)', (workflow, count) => {
    expect(workflowProblems(workflow)).toHaveLength(count)
  })
})
