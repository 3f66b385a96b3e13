const ESCAPE = String.fromCharCode(27)
/** What picocolors makes of the colours used here. */
const OWN_COLOURS = `${ESCAPE}\\[(?:1|2|22|3[1236]|39)m`
/** Control characters, and those that turn the direction of writing. */
const CONTROLS = '[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]'

const IN_LINES = new RegExp(`(?!\\n|\\t|${OWN_COLOURS})${CONTROLS}`, 'gu')
const ANYWHERE = new RegExp(CONTROLS, 'gu')
const IN_JSON = new RegExp(`(?!\\n)${CONTROLS}`, 'gu')

/** What a terminal may be given: whoever named a product or wrote a bill does not command the terminal of the reader. */
export const forTerminal = (words: string): string => words.replace(IN_LINES, '\uFFFD')

/** Words of a stranger, on the line where they stand and in no colour. */
export const plain = (words: string): string => words.replace(ANYWHERE, '\uFFFD')

/** The same document in characters that no terminal obeys. */
export const safeJson = (value: object): string =>
  JSON.stringify(value).replace(IN_JSON, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
