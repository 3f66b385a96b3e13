import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { unpack } from './unpack.ts'

/** A headless browser of a test run's own. */
export interface TestBrowser {
  /** What it is and where it was found. */
  readonly name: string
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** For a browser that runs as root in a container and talks to nobody but the tests. */
const FLAGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const start = async (from: string, executablePath: string, env?: LaunchOptions['env']): Promise<TestBrowser> => {
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    timeout: 30_000,
    ...(env && { env: { ...process.env, ...env } }),
  })
  return { name: `Chromium ${browser.version()} (${from})`, browser, close: () => browser.close() }
}

const startPackaged = async (): Promise<TestBrowser> => {
  const { executable, fonts, libraries } = await unpack()
  const name = '@sparticuz/chromium'
  const ownFonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: fonts }
  const inherited = process.env.LD_LIBRARY_PATH
  const ownLibraries = { LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries }
  return start(name, executable, ownFonts).catch(() => start(name, executable, { ...ownFonts, ...ownLibraries }))
}

/**
 * The browser `F2F_CHROMIUM` names, else the first that starts: a Chromium of this machine, the one of the package
 * `@sparticuz/chromium`. Undefined when none starts; why not is printed.
 *
 * ```ts
 * const chromium = await launchBrowser()
 * const page = await chromium?.browser.newPage()
 * await chromium?.close()
 * ```
 *
 * @throws Error when `F2F_CHROMIUM` is set and does not start
 */
export const launchBrowser = async (): Promise<TestBrowser | undefined> => {
  const given = process.env.F2F_CHROMIUM
  if (given !== undefined) return start('F2F_CHROMIUM', given)
  const candidates = [...SYSTEM.filter(existsSync).map((path) => () => start(path, path)), startPackaged]
  for (const candidate of candidates) {
    try {
      return await candidate()
    } catch (error) {
      process.stderr.write(`A browser does not start: ${String(error)}\n`)
    }
  }
  return undefined
}
