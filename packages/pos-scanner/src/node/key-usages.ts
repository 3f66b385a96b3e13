/** Characters of a US keyboard in the order of the USB HID usages from 0x04 (`a`) to 0x38 (`/`); `\0` where none is. */
const PLAIN = "abcdefghijklmnopqrstuvwxyz1234567890\n\0\0\t -=[]\\\\;'`,./"
const SHIFTED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\n\0\0\t _+{}||:"~<>?'
const FIRST = 0x04
/** The number pad from 0x54 (`/`) to 0x63 (`.`). */
const PAD = '/*-+\n1234567890.'
const FIRST_PAD = 0x54

/**
 * The character of a USB HID keyboard usage on a US layout: `\n` for Enter, `\t` for Tab, `\0` for keys that write
 * nothing. Source: protocol §11.1.
 */
export const usageCharacter = (usage: number, shift: boolean): string =>
  (shift ? SHIFTED : PLAIN)[usage - FIRST] ?? PAD[usage - FIRST_PAD] ?? '\0'
