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

/** Keys that are no letter and no digit, and the characters of a US keyboard without and with Shift. */
const PLACES =
  'Space Minus Equal BracketLeft BracketRight Backslash Semicolon Quote Backquote Comma Period Slash'.split(' ')
const PLAIN = " -=[]\\;'`,./"
const SHIFTED = ' _+{}|:"~<>?'
const SHIFTED_DIGITS = ')!@#$%^&*('

/** The character at a key's place on a US keyboard, whatever the system's layout and input method make of it. */
const placeCharacter = (name: string, shift: boolean | undefined): string | undefined => {
  const sign = /^(?:Key|Digit)?(.)$/.exec(name)?.[1]
  if (sign) return shift ? (SHIFTED_DIGITS[Number(sign)] ?? sign) : sign.toLowerCase()
  return (shift ? SHIFTED : PLAIN)[PLACES.indexOf(name)]
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
  const isHidden = event.isComposing || event.keyCode === 229 || !!key[1]
  return isHidden && !place ? { name } : { name, press, readings: [isHidden ? undefined : key, place] }
}
