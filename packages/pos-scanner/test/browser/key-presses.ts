import { setTimeout as wait } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import { placeOf, shiftOf } from '../../src/testing/us-keys.ts'
import type { TillPage } from './till-page.ts'

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

interface Move {
  readonly at: number
  readonly type: 'keyDown' | 'keyUp'
  readonly key: string
}

const movesOf = (keys: readonly TimedKey[]): readonly Move[] =>
  keys
    .flatMap(({ key, at, hold }): Move[] => [
      { at, type: 'keyDown', key },
      { at: at + hold, type: 'keyUp', key },
    ])
    .sort((a, b) => a.at - b.at)

const dispatch = (cdp: CDPSession, { type, key }: Move, timestamp: number): Promise<unknown> => {
  const { text, ...event } = keyEvent(key)
  const typed = type === 'keyDown' && text ? { text } : {}
  return cdp.send('Input.dispatchKeyEvent', { type, timestamp: timestamp / 1_000, ...event, ...typed })
}

/**
 * Presses keys in the browser. Each is sent when it is due and carries its exact time, as the system stamps it: a machine
 * that is busy delays a key, but does not change its time.
 */
export const pressKeys = async (cdp: CDPSession, keys: readonly TimedKey[]): Promise<void> => {
  const start = Date.now()
  const sent: Promise<unknown>[] = []
  for (const move of movesOf(keys)) {
    const due = start + move.at
    if (due > Date.now()) await wait(due - Date.now())
    sent.push(dispatch(cdp, move, due))
  }
  await Promise.all(sent)
}

/** Presses keys while the wedge's clock is moved by hand: silence in a code is as long as it should be on any machine. */
export const pressKeysByHand = async ({ cdp, read }: TillPage, keys: readonly TimedKey[]): Promise<void> => {
  for (const move of movesOf(keys)) {
    await read(`till.passTo(${move.at})`)
    await dispatch(cdp, move, Date.now())
  }
  await read(`till.passTo(${(keys.at(-1)?.at ?? 0) + 1_000})`)
}
