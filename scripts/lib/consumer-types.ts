import { join } from 'node:path'
import { run, writeFiles } from './consumer-project.ts'

/** The oldest TypeScript the published types promise to work with, the one this workspace uses, and the newest. */
export const TYPESCRIPTS: Readonly<Record<string, string>> = {
  'typescript-5.4': 'npm:typescript@5.4.5',
  'typescript-6.0': 'npm:typescript@6.0.3',
  'typescript-7.0': 'npm:typescript@7.0.2',
}

const STRICT = {
  target: 'ES2022',
  lib: ['ES2022'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
}

const PROJECTS = [
  { name: 'nodenext-esm', type: 'module', options: { module: 'NodeNext', moduleResolution: 'NodeNext' } },
  { name: 'nodenext-cjs', type: 'commonjs', options: { module: 'NodeNext', moduleResolution: 'NodeNext' } },
  { name: 'bundler', type: 'module', options: { module: 'ESNext', moduleResolution: 'Bundler' } },
] as const

/** Errors in the consumer's own code and in our types; those of other people's types are not ours to judge. */
const ourErrors = (output: string): readonly string[] =>
  output
    .split('\n')
    .filter((line) => /error TS\d+/.test(line))
    .filter((line) => !line.includes('node_modules/') || line.includes('node_modules/@f2f/'))

/** Compiles `code` in every kind of project with every TypeScript; returns one line per check that ran, failed ones with why. */
export const checkTypes = (dir: string, code: string): readonly { name: string; problems: readonly string[] }[] =>
  PROJECTS.flatMap(({ name, type, options }) => {
    const project = join(dir, name)
    writeFiles(project, {
      'package.json': JSON.stringify({ type }),
      'tsconfig.json': JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: ['main.ts'] }),
      'main.ts': code,
    })
    return Object.keys(TYPESCRIPTS).map((compiler) => {
      const tsc = join(dir, 'node_modules', compiler, 'bin/tsc')
      const { ok, output } = run(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], project)
      const problems = ourErrors(output)
      const strange = !ok && !output.includes('error TS') ? [output] : []
      return { name: `${compiler} ${name}`, problems: [...problems, ...strange] }
    })
  })
