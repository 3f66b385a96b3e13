import type { Key } from '../decoder/key.ts'
import { type Field, insert, remember } from './field.ts'
import type { KeyEvent } from './key-event.ts'

/** A key press that may belong to a scan. */
export interface Press {
  readonly event: KeyEvent
  readonly field: Field
  /** Brings the field back to what it was before this key; missing while the key is kept from the page. */
  undo?: () => void
}

/** Keeps an event from the page. */
export const mute = (event: Event): void => {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Gives the page a key that was kept from it, as new events, and types its character. */
const giveBack = (press: Press): void => {
  const { event, field } = press
  const KeyboardEventLike = event.constructor as new (type: string, init: KeyEvent) => Event
  press.undo = remember(field)
  if (field.dispatchEvent(new KeyboardEventLike('keydown', event))) insert(field, event.key)
  field.dispatchEvent(new KeyboardEventLike('keyup', event))
}

/**
 * Settles whose keys these were. The scan's are forgotten, and undone where the page had them; the others are given
 * back, or typed again where they were undone with those of the scan.
 */
export const settle = (keys: readonly Key<Press>[], scan: readonly Key<Press>[]): void => {
  const undone = new Set<Field>()
  for (const key of keys) {
    const { event, field, undo } = key.press
    const isUndone = undone.has(field)
    if (scan.includes(key)) {
      if (!isUndone) undo?.()
      if (undo) undone.add(field)
    } else if (!undo) giveBack(key.press)
    else if (isUndone && event.key.length === 1) insert(field, event.key)
  }
}
