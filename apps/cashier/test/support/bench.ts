import type { Browser } from 'playwright-core'
import type { TestContext } from 'vitest'
import { type CounterOptions, openCounter, type TestCounter } from './counter.ts'
import { FAILURES } from './place.ts'
import { openTill, type PageOptions, type TillPage } from './till-page.ts'

/** Opens counters for tests and puts them away afterwards. */
export interface Bench {
  readonly browser: Browser
  open(
    context: Pick<TestContext, 'onTestFinished' | 'task'>,
    options?: CounterOptions & PageOptions,
  ): Promise<{ readonly till: TillPage; readonly counter: TestCounter }>
}

/** What was on the screen when a test failed. */
const tellOf = async (name: string, till: TillPage): Promise<void> => {
  const path = `${FAILURES}/${name.replaceAll(/[^\w]+/g, '-')}.png`
  await till.page.screenshot({ path })
  console.log(path, await till.chapters(), till.console)
}

export const benchWith = (browser: Browser): Bench => ({
  browser,
  async open({ onTestFinished, task }, options = {}) {
    const counter = await openCounter(options)
    onTestFinished(counter.close)
    const till = await openTill(browser, counter, options)
    onTestFinished(async () => {
      if (task.result?.state === 'fail') await tellOf(task.name, till)
      await till.close()
    })
    return { till, counter }
  },
})
