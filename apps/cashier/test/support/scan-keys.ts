import type { Page } from 'playwright-core'

/** From one key of the scanner to the next, and how long it holds each, ms. */
const PER_KEY = 8
const HOLD = 2
/** From the last key typed by hand to the scanner's first, ms. */
const PAUSE = 200

const keyEvent = (key: string) =>
  key === 'Enter'
    ? { key, code: key, windowsVirtualKeyCode: 13, text: '\r' }
    : { key, code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`, text: key }

/**
 * Sends a code and Enter as a scanner in keyboard mode does, as real key events that carry their exact times. All are
 * on their way at once, so that however busy the machine is, none is late.
 */
export const scanKeys = async (page: Page, code: string): Promise<void> => {
  const cdp = await page.context().newCDPSession(page)
  const keys = [...code, 'Enter']
  const start = Date.now() + PAUSE
  const send = (type: 'keyDown' | 'keyUp', key: string, at: number): Promise<unknown> => {
    const { text, ...event } = keyEvent(key)
    const typed = type === 'keyDown' ? { text } : {}
    return cdp.send('Input.dispatchKeyEvent', { type, timestamp: (start + at) / 1_000, ...event, ...typed })
  }
  await Promise.all(
    keys.flatMap((key, index) => [send('keyDown', key, index * PER_KEY), send('keyUp', key, index * PER_KEY + HOLD)]),
  )
  await cdp.detach()
}
