import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { TestCounter } from './counter.ts'
import { scanKeys } from './scan-keys.ts'

export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
  readonly grant?: Parameters<TestCounter['invite']>[0]
}

/** The till in a browser of its own, enrolled, and what a cashier does with it. */
export interface TillPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Everything the page wrote to its console. */
  readonly console: readonly string[]
  /** Types an amount on the keyboard. */
  amount(text: string): Promise<void>
  /** Sends a code as a scanner does: real key events, a few milliseconds each. */
  scan(code: string): Promise<void>
  /** Waits until the payment on the screen is told of like this. */
  chapter(...names: readonly string[]): Promise<void>
  /** Every chapter the page has shown since it was loaded, in order. */
  chapters(): Promise<readonly string[]>
  /** The number of the payment on the screen. */
  number(): Promise<string>
  button(name: string): ReturnType<Page['getByRole']>
  close(): Promise<void>
}

/** How long a hand holds a key, ms. */
const HAND = 130

/** Notes what the page tells, also what is only shown for a moment. */
const WATCH_CHAPTERS = `
  window.seenChapters = []
  new MutationObserver(() => {
    const chapter = document.querySelector('[data-chapter]')?.dataset.chapter
    if (chapter !== undefined && window.seenChapters.at(-1) !== chapter) window.seenChapters.push(chapter)
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-chapter'] })
`

export const openTill = async (
  browser: Browser,
  counter: TestCounter,
  { width = 1024, height = 768, colorScheme = 'light', grant }: PageOptions = {},
): Promise<TillPage> => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'zh-CN' })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(`page error: ${error.message}`))
  await page.addInitScript(WATCH_CHAPTERS)
  await page.goto(`${counter.url}/#enrol=${await counter.invite(grant)}`)
  expect(new URL(page.url()).hash).toBe('')
  await page.getByRole('button', { name: '启用' }).click()
  await page.getByRole('button', { name: '收款' }).waitFor()
  return {
    page,
    context,
    console: lines,
    async amount(text) {
      // Keys pressed before the page is there reach nobody.
      await page.locator('output').waitFor({ state: 'attached' })
      await page.keyboard.type(text, { delay: HAND })
      // Shown with thousands parted.
      await page.locator('output', { hasText: new RegExp([...text].join(',?')) }).waitFor()
    },
    scan: (code) => scanKeys(page, code),
    async chapter(...names) {
      await page.locator(names.map((name) => `[data-chapter="${name}"]`).join(', ')).waitFor()
    },
    chapters: () => page.evaluate('window.seenChapters'),
    number: async () => (await page.locator('.number .digits').textContent()) ?? '',
    button: (name) => page.getByRole('button', { name }),
    close: () => context.close(),
  }
}
