/** The bytes of standard base64, or undefined for anything that is not exactly what a standard encoder writes. */
export const decodeBase64 = (text: unknown): Buffer | undefined => {
  if (typeof text !== 'string') return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined
}
