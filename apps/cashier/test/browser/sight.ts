import { describe, expect, test } from 'vitest'
import { seriousFindings } from '../support/axe.ts'
import type { Bench } from '../support/bench.ts'
import { SCREENSHOTS } from '../support/place.ts'
import type { TillPage } from '../support/till-page.ts'

const COUNTER = { name: 'counter', width: 1024, height: 768 } as const
const WIDE = { name: 'wide', width: 1366, height: 768 } as const
const PHONE = { name: 'phone', width: 390, height: 844 } as const

/** Names differ by language and colours by scheme, neither by size: that is where they are checked. */
const PLACES = [
  { ...COUNTER, colorScheme: 'light', languages: 2, checked: true },
  { ...COUNTER, colorScheme: 'dark', languages: 2, checked: true },
  { ...WIDE, colorScheme: 'light', languages: 1, checked: false },
  { ...PHONE, colorScheme: 'light', languages: 2, checked: false },
  { ...PHONE, colorScheme: 'dark', languages: 1, checked: false },
] as const

/** What can be pressed on this screen but is cut off by its edge or by what scrolls around it. */
const cutOff = ({ page }: TillPage): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('.charge button, header button, nav button')]
    .filter((button) => button.checkVisibility())
    .filter((button) => {
      const { top, left, right, bottom } = button.getBoundingClientRect()
      const main = button.closest('main')?.getBoundingClientRect()
      return top < 0 || left < 0 || right > innerWidth || bottom > (main?.bottom ?? innerHeight)
    })
    .map((button) => button.textContent)`)

export const sightTests = (bench: Bench): void => {
  describe('on the', () => {
    test.for(PLACES)(
      '$name in $colorScheme, all is within reach and nothing serious is found',
      async (place, context) => {
        const { name, colorScheme, languages, checked } = place
        const { till, counter } = await bench.open(context, { ...place, policy: { payWithin: 60_000 } })
        const { page } = till
        const look = async (screen: string): Promise<void> => {
          await page.screenshot({ path: `${SCREENSHOTS}/${name}-${colorScheme}-${screen}.png` })
          expect(await cutOff(till)).toEqual([])
          if (checked) expect(await seriousFindings(page)).toEqual([])
        }
        const lookAround = async (screen: string): Promise<void> => {
          await look(`${screen}-zh`)
          if (languages === 1) return
          await page.getByRole('button', { name: /Switch to English/ }).click()
          await look(`${screen}-en`)
          await page.getByRole('button', { name: /切换为中文/ }).click()
        }
        await till.amount('1288')
        await lookAround('scan')
        await till.button('出示二维码').click()
        await till.chapter('offered')
        await lookAround('qr')
        await till.button('先服务下一位').click()
        for (const [scenario, chapter] of [
          ['00', 'paid'],
          ['04', 'failed'],
          ['09', 'askBuyer'],
        ] as const) {
          await till.amount('45.8')
          await till.scan(await counter.code(scenario))
          await till.chapter(chapter)
          await lookAround(chapter)
        }
        await page.locator('nav button').nth(1).click()
        await page.locator('.list .row').nth(2).click()
        await lookAround('payments')
        await page.getByRole('button', { name: '退款', exact: true }).click()
        await look('refund-zh')
        await till.button('返回').last().click()
        await page.locator('nav button').nth(2).click()
        await lookAround('reconcile')
      },
    )
  })
}
