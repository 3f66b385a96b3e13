import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { expect, onTestFinished, test } from 'vitest'

const HERE = dirname(fileURLToPath(import.meta.url))
const PACKAGE = dirname(HERE)
const { NEST_CORE = '' } = process.env

/** A package's folder as Node finds it from `from`. */
const folderOf = (name: string, from: string): string => {
  const place = createRequire(from)
    .resolve.paths(name)
    ?.find((dir) => ts.sys.directoryExists(join(dir, name)))
  return realpathSync(join(place ?? '', name))
}

/** A project that has installed the built package, and the Nest under test. */
const createProject = (): string => {
  const project = mkdtempSync(join(tmpdir(), 'f2f-nest-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  const modules = join(project, 'node_modules')
  for (const scope of ['@f2f', '@nestjs', '@types']) mkdirSync(join(modules, scope), { recursive: true })
  for (const file of ['package.json', 'dist']) {
    cpSync(join(PACKAGE, file), join(modules, '@f2f/nest', file), { recursive: true })
  }
  const companions = [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-express',
    '@nestjs/terminus',
    'reflect-metadata',
    'rxjs',
  ]
  for (const name of companions) symlinkSync(folderOf(name, NEST_CORE), join(modules, name))
  for (const name of ['@f2f/core', '@types/node'])
    symlinkSync(folderOf(name, import.meta.filename), join(modules, name))
  writeFileSync(join(project, 'package.json'), '{ "type": "commonjs" }')
  cpSync(join(HERE, 'fixtures/commonjs/main.ts'), join(project, 'main.ts'))
  return project
}

/** Writes the code of the README as modules of the project; returns their paths. */
const writeReadme = (project: string): readonly string[] => {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```ts decorators\n(.*?)^```$/gms)].map(([, code = ''], index) => {
    const path = join(project, `readme-${index}.ts`)
    writeFileSync(path, code)
    return path
  })
}

/** Compiles as a Nest project does; returns what the compiler has to say. */
const compile = (project: string, files: readonly string[]): readonly string[] => {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [join(project, 'node_modules/@types')],
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  })
  const { diagnostics } = program.emit()
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  )
}

test('an application in CommonJS and the README compile against the built package, and the application takes a payment', async () => {
  const project = createProject()
  const examples = writeReadme(project)
  expect(examples).toHaveLength(3)
  expect(compile(project, [join(project, 'main.ts'), ...examples])).toEqual([])
  const main = join(project, 'main.js')
  expect(readFileSync(main, 'utf8')).toContain('require("@f2f/nest")')
  const { stdout } = await promisify(execFile)(process.execPath, [main])
  expect(JSON.parse(stdout)).toEqual({ isCommonJs: true, status: 201, paid: ['CJS1'], isNamed: true })
}, 120_000)
