/** A fenced block of a Markdown file. How a fence is written is described in CONTRIBUTING.md, "Documentation". */
export interface CodeBlock {
  /** The Markdown file, relative to the root. */
  readonly file: string
  /** Line of the first line of code, from 1. */
  readonly line: number
  /** First word of the info string, in lower case; empty when there is none. */
  readonly language: string
  /** `[shop.ts]` of the info string: the block is that file of the page's folder. */
  readonly name: string | undefined
  /** Words of the info string without a value. */
  readonly flags: readonly string[]
  /** `word="value"` of the info string. */
  readonly attributes: Readonly<Record<string, string>>
  readonly code: string
}

type Info = Pick<CodeBlock, 'language' | 'name' | 'flags' | 'attributes'>

const FENCE = /^( {0,3})(`{3,})([^`]*)$/
const WORD = /\[([^\]]*)\]|([\w-]+)="([^"]*)"|(\S+)/g

const parseInfo = (info: string): Info => {
  const [language = ''] = info.trim().split(/\s+/, 1)
  let name: string | undefined
  const flags: string[] = []
  const attributes: Record<string, string> = {}
  for (const [, title, key, value = '', flag] of info.trim().slice(language.length).matchAll(WORD)) {
    if (title !== undefined) name = /\.\w+$/.test(title) ? title : undefined
    else if (key !== undefined) attributes[key] = value
    else if (flag !== undefined) flags.push(flag)
  }
  return { language: language.toLowerCase(), name, flags, attributes }
}

/** The fenced blocks of a Markdown text, in order. */
export const codeBlocks = (file: string, markdown: string): readonly CodeBlock[] => {
  const blocks: CodeBlock[] = []
  let open: { fence: string; info: Info; line: number; code: string[] } | undefined
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, , fence, info] = FENCE.exec(text) ?? []
    if (open === undefined) {
      if (fence !== undefined) open = { fence, info: parseInfo(info ?? ''), line: index + 2, code: [] }
    } else if (fence !== undefined && fence.length >= open.fence.length && info?.trim() === '') {
      blocks.push({ file, line: open.line, ...open.info, code: open.code.join('\n') })
      open = undefined
    } else {
      open.code.push(text)
    }
  }
  return blocks
}

/** A module in which every line of code stands on the line it has in its Markdown file. */
export const asModule = ({ line, code }: CodeBlock): string => `${'\n'.repeat(line - 1)}${code}\nexport {}\n`
