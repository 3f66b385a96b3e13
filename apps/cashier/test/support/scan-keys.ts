import { setTimeout as until } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** From one key of the scanner to the next, and how long it holds each, ms. */
const PER_KEY = 8
const HOLD = 2

const keyEvent = (key: string) =>
  key === 'Enter'
    ? { key, code: key, windowsVirtualKeyCode: 13, text: '\r' }
    : { key, code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`, text: key }

/**
 * Sends a code and Enter as a scanner in keyboard mode does, as real key events that carry their exact times: a busy
 * machine delays a key, but does not change its time.
 */
export const scanKeys = async (page: Page, code: string): Promise<void> => {
  const cdp = await page.context().newCDPSession(page)
  const start = Date.now()
  const sent: Promise<unknown>[] = []
  const send = async (type: 'keyDown' | 'keyUp', key: string, at: number): Promise<void> => {
    const { text, ...event } = keyEvent(key)
    const early = start + at - Date.now()
    if (early > 0) await until(early)
    const typed = type === 'keyDown' ? { text } : {}
    sent.push(cdp.send('Input.dispatchKeyEvent', { type, timestamp: (start + at) / 1_000, ...event, ...typed }))
  }
  for (const [index, key] of [...code, 'Enter'].entries()) {
    await send('keyDown', key, index * PER_KEY)
    await send('keyUp', key, index * PER_KEY + HOLD)
  }
  await Promise.all(sent)
  await cdp.detach()
}
