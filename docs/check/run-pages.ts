import { fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import type { CodeBlock } from './blocks.ts'
import { DOCS, needsOf, type Page } from './documents.ts'
import type { Keys, PagePlan, PageReport, Step } from './plan.ts'
import { findServices, type Services } from './services.ts'
import { treatmentOf } from './treatment.ts'

/** A block that was not run, and why. */
export interface NotRun {
  readonly block: CodeBlock
  readonly reason: string
}

export interface RunResult {
  readonly ran: number
  readonly notRun: readonly NotRun[]
  readonly problems: readonly string[]
}

/** Pages mostly wait for payments to be asked about, so more of them than cores. */
const AT_ONCE = 6
const PAGE_PATIENCE = 180_000
const PRELOAD = new URL('./page/preload.ts', import.meta.url).href

const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

const runPage = async (plan: PagePlan): Promise<PageReport> => {
  const child = fork(new URL('./page/main.ts', import.meta.url), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PATH: [join(DOCS, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
      NODE_OPTIONS: `--import=${PRELOAD} --disable-warning=ExperimentalWarning`,
      LANG: 'en_US.UTF-8',
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (printed += text))
  const timer = setTimeout(() => child.kill('SIGKILL'), PAGE_PATIENCE)
  let report: PageReport | undefined
  child.on('message', (message) => {
    report = message as PageReport
  })
  child.send(plan)
  await once(child, 'close')
  clearTimeout(timer)
  return (
    report ?? [
      `${plan.file} The process that ran it ended without a word (${child.signalCode ?? child.exitCode}): ${printed}`,
    ]
  )
}

interface Sorted {
  readonly page: Page
  readonly steps: readonly Step[]
  readonly notRun: readonly NotRun[]
}

const sort = (page: Page, services: Services): Sorted => {
  const steps: Step[] = []
  const notRun: NotRun[] = []
  for (const block of page.blocks) {
    const treatment = treatmentOf(block)
    const missing = needsOf(block)
      .map((need) => services.missing(need))
      .find((reason) => reason !== undefined)
    if (treatment.is === 'excused') notRun.push({ block, reason: treatment.reason })
    else if (missing !== undefined) notRun.push({ block, reason: missing })
    else if (treatment.is !== 'text' && treatment.is !== 'mistake') steps.push({ block, does: treatment.is })
  }
  return { page, steps, notRun }
}

const runSorted = async (sorted: readonly Sorted[], services: Services, keys: Keys): Promise<PageReport> => {
  const waiting = [...sorted.entries()].filter(([, { steps }]) => steps.length > 0)
  const reports: PageReport[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { page, steps }] = next
      const found = await services.forPage(
        index,
        steps.flatMap(({ block }) => needsOf(block)),
      )
      reports.push(await runPage({ file: page.file, folder: page.folder, steps, keys, services: found }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return reports.flat().sort()
}

/** Runs every block of the pages that can be run, page by page in processes of their own. */
export const runPages = async (pages: readonly Page[]): Promise<RunResult> => {
  const services = await findServices(pages.flatMap(({ blocks }) => blocks).flatMap(needsOf))
  const sorted = pages.map((page) => sort(page, services))
  const keys = { appPrivateKey: newKey(), alipayPrivateKey: newKey() }
  try {
    const problems = await runSorted(sorted, services, keys)
    const ran = sorted.flatMap(({ steps }) => steps).length
    return { ran, notRun: sorted.flatMap(({ notRun }) => notRun), problems }
  } finally {
    await services.stop()
  }
}
