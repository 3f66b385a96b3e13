import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { firstVisit } from './first-visit.ts'
import { chinese, english } from './locales.ts'
import { repositoryLinks } from './repository-links.ts'
import { search } from './search.ts'

/** GitHub Pages serves a repository below its name. */
const base = process.env.F2F_DOCS_BASE ?? '/'

const API_SIDEBAR = join(import.meta.dirname, '../api/typedoc-sidebar.json')
/** The reference takes minutes to make: `pnpm check:docs` builds the site without it. */
const withApi = existsSync(API_SIDEBAR) && process.env.F2F_DOCS_WITHOUT_API === undefined

/** The entries alone: every page carries the sidebar, and each entry's page lists what it has. */
const apiSidebar = (): DefaultTheme.SidebarItem[] =>
  withApi
    ? (JSON.parse(readFileSync(API_SIDEBAR, 'utf8')) as DefaultTheme.SidebarItem[]).map(({ text = '', link = '' }) => ({
        text,
        link,
      }))
    : []

/** Pages of wide tables or pictures: they have the room of the list of headings. */
const WIDE = /^(zh\/)?(flow|failures|migrating|cli|states|errors|http|signals)\.md$/

export default defineConfig({
  base,
  srcExclude: ['generated/**', 'check/**', 'generate/**', 'test/**', ...(withApi ? [] : ['api/**'])],
  ignoreDeadLinks: withApi ? [] : [/^\/api\//],
  cleanUrls: false,
  lastUpdated: false,
  locales: { root: english(apiSidebar()), zh: chinese() },
  themeConfig: { search },
  markdown: { config: repositoryLinks },
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  transformPageData: ({ relativePath, frontmatter }) =>
    WIDE.test(relativePath) ? { frontmatter: { ...frontmatter, aside: false } } : undefined,
  transformHead: ({ pageData }) => (pageData.relativePath === 'index.md' ? [['script', {}, firstVisit(base)]] : []),
})
