import { join } from 'node:path'
import ts from 'typescript'
import { asModule, type CodeBlock } from './blocks.ts'
import { fileNameOf, type Page, ROOT } from './documents.ts'
import { treatmentOf } from './treatment.ts'

const isCompiled = (block: CodeBlock): boolean => {
  const treatment = treatmentOf(block)
  return block.language === 'ts' && (treatment.is === 'module' || (treatment.is === 'excused' && treatment.compiled))
}

const hasDecorators = ({ blocks }: Page): boolean => blocks.some(({ flags }) => flags.includes('decorators'))

const compilerOptions = (decorators: boolean): ts.CompilerOptions => {
  const path = join(ROOT, 'tsconfig.json')
  const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config: object }
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: ['tsup.shared.ts'] }, ts.sys, ROOT)
  const more = decorators ? { experimentalDecorators: true, erasableSyntaxOnly: false } : {}
  return { ...options, ...more, noUnusedLocals: false }
}

/** A compiler host that serves each block as a file of its page's folder, whether it is there or not. */
const hostWithBlocks = (options: ts.CompilerOptions, modules: ReadonlyMap<string, CodeBlock>): ts.CompilerHost => {
  const host = ts.createCompilerHost(options)
  const folders = new Set([...modules.keys()].map((path) => join(path, '..')))
  return {
    ...host,
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
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

/** Blocks by path. A file that a page shows more than once is compiled each time, and imported as it was last. */
const modulesOf = (pages: readonly Page[]): ReadonlyMap<string, CodeBlock> =>
  new Map(
    pages.flatMap(({ folder, blocks }) => {
      const own = blocks.filter(isCompiled)
      return own.map((block, index) => {
        const again = own.slice(index + 1).some((later) => fileNameOf(later) === fileNameOf(block))
        return [join(folder, again ? `line-${block.line}.ts` : fileNameOf(block)), block] as const
      })
    }),
  )

const problemsOf = (pages: readonly Page[], decorators: boolean): readonly string[] => {
  const modules = modulesOf(pages)
  const options = compilerOptions(decorators)
  const program = ts.createProgram([...modules.keys()], options, hostWithBlocks(options, modules))
  return [...modules].flatMap(([path, { file }]) => {
    const source = program.getSourceFile(path)
    // What is wrong in the block itself; the sources it imports have their own check.
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) => {
        const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
        return `${file}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n  ')}`
      },
    )
  })
}

/** What the compiler says of the ts blocks of all pages, held against the sources of this workspace. */
export const compileProblems = (pages: readonly Page[]): readonly string[] => [
  ...problemsOf(
    pages.filter((page) => !hasDecorators(page)),
    false,
  ),
  ...problemsOf(pages.filter(hasDecorators), true),
]

/** How many blocks are compiled. */
export const compiledCount = (pages: readonly Page[]): number =>
  pages.flatMap(({ blocks }) => blocks).filter(isCompiled).length
