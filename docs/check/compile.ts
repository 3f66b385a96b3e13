/** `pnpm check:docs`: every ```ts block of the documentation compiles against the sources of this workspace. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { asModule, type CodeBlock, codeBlocks } from './lib/docs.ts'
import { ROOT } from './lib/workspace.ts'

const DOCUMENTS = ['*.md', 'packages/*/README.md', 'apps/*/README.md', 'bench/README.md', 'docs/**/*.md']

const blocks = globSync(DOCUMENTS, { cwd: ROOT })
  .sort()
  .flatMap((file) => codeBlocks(file, readFileSync(join(ROOT, file), 'utf8')))
const modules = new Map(blocks.map((block) => [join(ROOT, `${block.file}.${block.line}.ts`), block]))

const compilerOptions = (): ts.CompilerOptions => {
  const path = join(ROOT, 'tsconfig.json')
  const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config: object }
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: ['tsup.shared.ts'] }, ts.sys, ROOT)
  return { ...options, noUnusedLocals: false }
}

/** A compiler host that serves each block as a file beside its document, so that imports resolve as they would there. */
const hostWithBlocks = (options: ts.CompilerOptions): ts.CompilerHost => {
  const host = ts.createCompilerHost(options)
  return {
    ...host,
    fileExists: (path) => modules.has(path) || host.fileExists(path),
    readFile: (path) => {
      const block = modules.get(path)
      return block === undefined ? host.readFile(path) : asModule(block)
    },
    getSourceFile: (path, ...rest) => {
      const block = modules.get(path)
      return block === undefined
        ? host.getSourceFile(path, ...rest)
        : ts.createSourceFile(path, asModule(block), ts.ScriptTarget.Latest, true)
    },
  }
}

const options = compilerOptions()
const program = ts.createProgram([...modules.keys()], options, hostWithBlocks(options))

/** What is wrong in the block itself; the sources it imports have their own check. */
const blockProblems = ([path, { file }]: [string, CodeBlock]): readonly string[] => {
  const source = program.getSourceFile(path)
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ start = 0, messageText }) => {
      const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
      return `${file}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n  ')}`
    },
  )
}

const problems = [...modules].flatMap(blockProblems)

for (const problem of problems) console.error(problem)
console.log(`docs: ${blocks.length} code blocks, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
