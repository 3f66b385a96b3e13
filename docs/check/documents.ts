import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CodeBlock, codeBlocks } from './blocks.ts'

/** The repository's root folder. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** This package's folder. Blocks see the packages it depends on. */
export const DOCS = join(ROOT, 'docs')

const DOCUMENTS = [
  '*.md',
  'packages/*/README.md',
  'apps/*/README.md',
  'bench/README.md',
  'trials/README.md',
  'docs/*.md',
  'docs/zh/*.md',
]

/** A Markdown file with its blocks, in order. */
export interface Page {
  /** Relative to the root. */
  readonly file: string
  /** Where its blocks are files and run: a folder that is made anew each time. */
  readonly folder: string
  readonly blocks: readonly CodeBlock[]
}

const folderOf = (file: string): string =>
  join(DOCS, '.artifacts/pages', file.replace(/\.md$/, '').replaceAll('/', '-'))

/** Every document of this repository that has blocks. */
export const readPages = (): readonly Page[] =>
  globSync(DOCUMENTS, { cwd: ROOT })
    .sort()
    .map((file) => ({
      file,
      folder: folderOf(file),
      blocks: codeBlocks(file, readFileSync(join(ROOT, file), 'utf8')),
    }))
    .filter(({ blocks }) => blocks.length > 0)

/** The name a block has as a file of its page's folder. */
export const fileNameOf = ({ name, line, language }: CodeBlock): string => name ?? `line-${line}.${language}`

/** What a block asks the runner for: `needs="postgres redis"`. */
export const needsOf = ({ attributes }: CodeBlock): readonly string[] => attributes.needs?.split(' ') ?? []
