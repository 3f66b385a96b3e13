import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme, LocaleSpecificConfig } from 'vitepress'
import { GROUPS } from './pages.ts'

export type Language = 'en' | 'zh'

type Locale = LocaleSpecificConfig<DefaultTheme.Config> & { readonly label: string; readonly link?: string }

const FOLDERS: Readonly<Record<Language, string>> = { en: '', zh: 'zh/' }

const isWritten = (language: Language, name: string): boolean =>
  existsSync(join(import.meta.dirname, '..', FOLDERS[language], `${name}.md`))

const link = (language: Language, name: string): string => `/${FOLDERS[language]}${name}`

const sidebar = (language: Language): DefaultTheme.SidebarItem[] => [
  ...GROUPS.map((group) => ({
    text: group[language],
    items: group.pages
      .filter(({ name }) => isWritten(language, name))
      .map((page) => ({ text: page[language], link: link(language, page.name) })),
  })),
  { text: 'API', items: [{ text: language === 'en' ? 'API of every package' : '各包 API（英文）', link: '/api/' }] },
]

export const english = (apiSidebar: DefaultTheme.SidebarItem[]): Locale => ({
  label: 'English',
  lang: 'en',
  title: 'f2f',
  description: 'A TypeScript toolkit for Alipay Face-to-Face payments',
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Errors', link: '/errors' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: { '/api/': apiSidebar, '/': sidebar('en') },
    outline: { level: [2, 3] },
  },
})

export const chinese = (): Locale => ({
  label: '简体中文',
  lang: 'zh-CN',
  link: '/zh/',
  title: 'f2f',
  description: '支付宝当面付的 TypeScript 工具包',
  themeConfig: {
    nav: [
      { text: '五分钟上手', link: '/zh/start' },
      { text: '错误码', link: '/zh/errors' },
      { text: 'API（英文）', link: '/api/' },
    ],
    sidebar: sidebar('zh'),
    outline: { level: [2, 3], label: '本页目录' },
    docFooter: { prev: '上一页', next: '下一页' },
    darkModeSwitchLabel: '外观',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到顶部',
    langMenuLabel: '切换语言',
    skipToContentLabel: '跳到正文',
    notFound: {
      title: '没有这个页面',
      quote: '链接可能已经变了。',
      linkText: '回到首页',
      linkLabel: '回到首页',
    },
  },
})
