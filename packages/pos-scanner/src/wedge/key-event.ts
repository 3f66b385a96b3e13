import type { Stroke } from '../decoder/decoder.ts'

/** What the wedge reads of a `KeyboardEvent`. Structural, so that the types need no DOM library. */
export interface KeyEvent extends Event {
  readonly key: string
  readonly code: string
  readonly keyCode?: number
  readonly isComposing?: boolean
  readonly repeat?: boolean
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
  readonly altKey?: boolean
  readonly metaKey?: boolean
}

const MODIFIER = /^(Shift|Control|Alt|Meta|Caps|Num)/

/** What follows the kind of key in `KeyboardEvent.code`, and the characters of a US keyboard without and with Shift. */
const PLACES =
  '0 1 2 3 4 5 6 7 8 9 Space Minus Equal BracketLeft BracketRight Backslash Semicolon Quote Backquote Comma Period Slash'
const PLAIN = "0123456789 -=[]\\;'`,./"
const SHIFTED = ')!@#$%^&*( _+{}|:"~<>?'

/** The character at a key's place on a US keyboard, whatever the system's layout and input method make of it. */
const placeCharacter = (name: string, shift: boolean | undefined): string | undefined => {
  const letter = /^Key(.)/.exec(name)?.[1]
  if (letter) return shift ? letter : letter.toLowerCase()
  return (shift ? SHIFTED : PLAIN)[PLACES.split(' ').indexOf(name.replace('Digit', ''))]
}

/** Some browsers send key events without a key when a form is filled in for the user. */
export const isKeyEvent = (event: Event): event is KeyEvent => !!(event as KeyEvent).key

/** Which key it is; those of the number pad count as the others of the same meaning. */
export const keyName = ({ code, key }: KeyEvent): string => (code || key).replace('Numpad', '')

/** What a key press means to the decoder; undefined for keys that only change others. */
export const readStroke = <P>(event: KeyEvent, press: P): Stroke<P> | undefined => {
  const { key, ctrlKey, altKey } = event
  if (MODIFIER.test(key)) return undefined
  // Ctrl and Alt together are AltGr, which types characters.
  if (event.repeat || event.metaKey || !ctrlKey !== !altKey) return { name: 'other' }
  const name = keyName(event)
  const place = placeCharacter(name, event.shiftKey)
  // An input method that has the key, an accent that waits for its letter, or a number pad that moves the cursor.
  const isHidden = event.isComposing || event.keyCode === 229 || key.length > 1
  return isHidden && !place ? { name } : { name, press, readings: [isHidden ? undefined : key, place] }
}
