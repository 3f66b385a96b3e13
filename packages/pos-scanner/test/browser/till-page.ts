import { readFile } from 'node:fs/promises'
import { launchBrowser } from '@f2f/test-browser'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { publishedBundle } from '../helpers/bundle.ts'

const ORIGIN = 'https://till.test'

const FILES: Readonly<Record<string, Promise<string>>> = {
  '/': readFile(new URL('fixtures/till.html', import.meta.url), 'utf8'),
  '/pos-scanner.js': publishedBundle('index.ts'),
  '/testing.js': publishedBundle('testing/index.ts'),
}

const typeOf = (path: string): string => (path.endsWith('.js') ? 'text/javascript' : 'text/html')

/** The till's page of `fixtures/till.html` in a browser. */
export interface TillPage extends AsyncDisposable {
  readonly page: Page
  readonly cdp: CDPSession
  /** Evaluates an expression in the page. */
  read<T>(expression: string): Promise<T>
  /** Waits until an expression is true. */
  until(expression: string): Promise<unknown>
}

const chromium = await launchBrowser()
if (chromium === undefined) console.log('NOT RUN: everything in a real browser. F2F_CHROMIUM may name one.')
afterAll(() => chromium?.close())

export const hasBrowser = chromium !== undefined

/** Opens the page with what is published; nothing comes from a network. */
export const openTillPage = async (): Promise<TillPage> => {
  if (chromium === undefined) throw new Error('no browser')
  const context = await chromium.browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.route('**/*', async (route) => {
    const path = new URL(route.request().url()).pathname
    const file = FILES[path]
    await (file ? route.fulfill({ body: await file, contentType: typeOf(path) }) : route.abort())
  })
  await page.goto(`${ORIGIN}/`)
  await page.waitForFunction('window.till')
  return {
    page,
    cdp: await context.newCDPSession(page),
    read: (expression) => page.evaluate(expression),
    until: (expression) => page.waitForFunction(expression),
    [Symbol.asyncDispose]: () => context.close(),
  }
}
