import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { firstVisit } from './first-visit.ts'
import { chinese, english } from './locales.ts'
import { repositoryLinks } from './repository-links.ts'
import { search } from './search.ts'

/** GitHub Pages serves a repository below its name. */
const base = process.env.F2F_DOCS_BASE ?? '/'

const apiSidebar = (): DefaultTheme.SidebarItem[] => {
  const file = join(import.meta.dirname, '../api/typedoc-sidebar.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DefaultTheme.SidebarItem[]) : []
}

export default defineConfig({
  base,
  srcExclude: ['generated/**', 'check/**', 'generate/**', 'test/**'],
  cleanUrls: false,
  lastUpdated: false,
  locales: { root: english(apiSidebar()), zh: chinese() },
  themeConfig: { search },
  markdown: { config: repositoryLinks },
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  transformHead: ({ pageData }) => (pageData.relativePath === 'index.md' ? [['script', {}, firstVisit(base)]] : []),
})
