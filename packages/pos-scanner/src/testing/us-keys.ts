const PLACES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '-_': 'Minus',
  '=+': 'Equal',
  '[{': 'BracketLeft',
  ']}': 'BracketRight',
  '\\|': 'Backslash',
  ';:': 'Semicolon',
  '\'"': 'Quote',
  '`~': 'Backquote',
  ',<': 'Comma',
  '.>': 'Period',
  '/?': 'Slash',
}
const SHIFTED_DIGITS = ')!@#$%^&*('

/** `KeyboardEvent.code` of the key that writes a character on a US keyboard. */
export const placeOf = (key: string): string => {
  if (key.length > 1) return key
  if (/[a-z]/i.test(key)) return `Key${key.toUpperCase()}`
  if (/\d/.test(key)) return `Digit${key}`
  const digit = SHIFTED_DIGITS.indexOf(key)
  if (digit >= 0) return `Digit${digit}`
  return Object.entries(PLACES).find(([characters]) => characters.includes(key))?.[1] ?? ''
}

/** Whether a character needs Shift on a US keyboard. */
export const shiftOf = (key: string): boolean => key.length === 1 && /[A-Z_+{}|:"~<>?)!@#$%^&*(]/.test(key)
