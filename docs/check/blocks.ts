export interface CodeBlock {
  /** The Markdown file, relative to the root. */
  readonly file: string
  /** Line of the first line of code, from 1. */
  readonly line: number
  readonly code: string
}

const FENCE = /^( {0,3})(`{3,})([^`]*)$/

const isChecked = (info: string): boolean => {
  const [language, ...flags] = info.trim().split(/\s+/)
  return language === 'ts' && !flags.includes('no-check')
}

/** The ```ts blocks of a Markdown text, those marked `no-check` excepted. */
export const codeBlocks = (file: string, markdown: string): readonly CodeBlock[] => {
  const blocks: CodeBlock[] = []
  let open: { fence: string; checked: boolean; line: number; code: string[] } | undefined
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, , fence, info] = FENCE.exec(text) ?? []
    if (open === undefined) {
      if (fence !== undefined) open = { fence, checked: isChecked(info ?? ''), line: index + 2, code: [] }
    } else if (fence !== undefined && fence.length >= open.fence.length && info?.trim() === '') {
      if (open.checked) blocks.push({ file, line: open.line, code: open.code.join('\n') })
      open = undefined
    } else {
      open.code.push(text)
    }
  }
  return blocks
}

/** A module in which every line of code stands on the line it has in its Markdown file. */
export const asModule = ({ line, code }: CodeBlock): string => `${'\n'.repeat(line - 1)}${code}\nexport {}\n`
