import { setTimeout as wait } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import { placeOf, shiftOf } from '../../src/testing/us-keys.ts'

/** A key press, ms from the first. */
export interface TimedKey {
  readonly key: string
  readonly at: number
  readonly hold: number
}

const SHIFT = 8
/** `windowsVirtualKeyCode`; of the other keys it does not matter here. */
const VIRTUAL: Readonly<Record<string, number>> = { Enter: 13, Tab: 9 }

const keyEvent = (key: string) => {
  const isText = key.length === 1
  const text = isText ? key : key === 'Enter' ? '\r' : ''
  return {
    key,
    code: placeOf(key),
    modifiers: shiftOf(key) ? SHIFT : 0,
    windowsVirtualKeyCode: VIRTUAL[key] ?? (/[a-z0-9]/i.test(key) && isText ? key.toUpperCase().charCodeAt(0) : 0),
    ...(text && { text }),
  }
}

/** Keys of a scanner, `perKey` ms from one to the next. */
export const scannerKeys = (keys: Iterable<string>, perKey: number, from = 0): readonly TimedKey[] =>
  [...keys].map((key, index) => ({ key, at: from + index * perKey, hold: Math.min(2, perKey / 2) }))

/** Keys of a person. */
export const handKeys = (keys: Iterable<string>, perKey: number, from = 0): readonly TimedKey[] =>
  [...keys].map((key, index) => ({ key, at: from + index * perKey, hold: 90 }))

/**
 * Presses keys in the browser. Each is sent when it is due and carries its exact time, as the system stamps it: a machine
 * that is busy delays a key, but does not change its time.
 */
export const pressKeys = async (cdp: CDPSession, keys: readonly TimedKey[]): Promise<void> => {
  const moves = keys
    .flatMap(({ key, at, hold }) => [
      { at, type: 'keyDown' as const, key },
      { at: at + hold, type: 'keyUp' as const, key },
    ])
    .sort((a, b) => a.at - b.at)
  const start = Date.now()
  const sent: Promise<unknown>[] = []
  for (const { at, type, key } of moves) {
    const due = start + at
    if (due > Date.now()) await wait(due - Date.now())
    const { text, ...event } = keyEvent(key)
    const typed = type === 'keyDown' && text ? { text } : {}
    sent.push(cdp.send('Input.dispatchKeyEvent', { type, timestamp: due / 1_000, ...event, ...typed }))
  }
  await Promise.all(sent)
}
