import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const SERIOUS: readonly (string | null | undefined)[] = ['serious', 'critical']

/** What would keep people from using what is on the screen. */
export const seriousFindings = async (page: Page): Promise<readonly string[]> => {
  // As a script element it would be kept out by the page's own policy.
  await page.evaluate(AXE)
  const { violations } = (await page.evaluate(
    'axe.run({ resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] })',
  )) as AxeResults
  return violations
    .filter(({ impact }) => SERIOUS.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
