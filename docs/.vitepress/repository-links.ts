import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const DOCS = join(import.meta.dirname, '..')
const ROOT = join(DOCS, '..')
/** `owner/name`, in GitHub's own jobs. Elsewhere nobody knows where the repository is published. */
const REPOSITORY = process.env.GITHUB_REPOSITORY

type Token = ReturnType<MarkdownRenderer['parse']>[number]

const isRelative = (href: string): boolean => /^\.{0,2}[\w./-]+(#.*)?$/.test(href) && !href.startsWith('/')

const onGitHub = (path: string, anchor: string): string | undefined =>
  REPOSITORY === undefined ? undefined : `https://github.com/${REPOSITORY}/blob/main/${path}${anchor}`

/** A path of the repository outside this folder, or of what is generated for it; undefined for pages and addresses. */
const repositoryPath = (href: string, page: string): { path: string; anchor: string } | undefined => {
  if (!isRelative(href)) return undefined
  const [file = '', anchor] = href.split('#')
  const absolute = join(DOCS, dirname(page), file)
  const inDocs = relative(DOCS, absolute)
  if (!inDocs.startsWith('..') && !inDocs.startsWith('generated')) return undefined
  if (!existsSync(absolute)) throw new Error(`docs/${page} links to ${href}, which does not exist`)
  return { path: relative(ROOT, absolute), anchor: anchor === undefined ? '' : `#${anchor}` }
}

const rewrite = (tokens: Token[], page: string): void => {
  for (const [index, token] of tokens.entries()) {
    const href = token.type === 'link_open' ? token.attrGet('href') : null
    const found = href === null ? undefined : repositoryPath(href, page)
    if (found === undefined) continue
    const target = onGitHub(found.path, found.anchor)
    const close = tokens.findIndex((later, at) => at > index && later.type === 'link_close')
    if (target !== undefined) token.attrSet('href', target)
    else for (const each of [token, tokens[close]]) each?.attrs?.splice(0)
    if (target === undefined) {
      token.tag = 'span'
      const end = tokens[close]
      if (end !== undefined) end.tag = 'span'
      token.type = 'span_open'
      if (end !== undefined) end.type = 'span_close'
    }
  }
}

const linksToGenerated = ({ children }: Token): boolean =>
  children?.some(
    ({ type, attrs }) => type === 'link_open' && attrs?.some(([, href]) => /generated\/.+\.md/.test(href)),
  ) === true

/** A paragraph that leads readers on GitHub to a generated file: on the site the file itself stands there. */
const withoutGitHubHints = (tokens: Token[]): Token[] =>
  tokens.filter((_, index) => {
    const paragraph = [index, index - 1, index + 1].find((at) => {
      const inline = tokens[at]
      return inline?.type === 'inline' && tokens[at - 1]?.type === 'paragraph_open' && linksToGenerated(inline)
    })
    return paragraph === undefined
  })

/** Links into the repository lead to GitHub, so that one text serves readers there and here. */
export const repositoryLinks = (markdown: MarkdownRenderer): void => {
  markdown.core.ruler.push('repository-links', (state) => {
    const page = (state.env as { relativePath?: string }).relativePath ?? ''
    state.tokens = withoutGitHubHints(state.tokens)
    for (const { children } of state.tokens) if (children !== null) rewrite(children, page)
  })
}
