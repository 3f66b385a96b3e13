/** True for a value that is neither signed nor sent: absent, empty or only white space (protocol §2). */
export const isBlank = (value: string | null | undefined): value is null | undefined =>
  value === undefined || value === null || value.trim() === ''

/** What a parameter can be. */
type SignedValue = string | number | boolean | object | null | undefined

/**
 * The text that is signed for a request (protocol §2): every parameter but `sign`, blank ones left out, in byte order
 * of their names, joined as `name=value` with `&`, values raw. `sign_type` is part of it. What is no text, such as the
 * content still as an object, is signed as its compact JSON, so it must be sent as that.
 */
export const canonicalize = (params: Readonly<Record<string, SignedValue>>): string => {
  let text = ''
  for (const name of Object.keys(params).sort()) {
    const given = params[name]
    const value = typeof given === 'string' || given === undefined || given === null ? given : JSON.stringify(given)
    if (name === 'sign' || isBlank(value)) continue
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`
  }
  return text
}
