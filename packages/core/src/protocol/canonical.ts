/** True for a value that is neither signed nor sent: absent, empty or only white space (protocol §2). */
export const isBlank = (value: string | null | undefined): value is null | undefined =>
  value === undefined || value === null || value.trim() === ''

/**
 * The text that is signed for a request (protocol §2): every parameter but `sign`, blank ones left out, in byte order
 * of their names, joined as `name=value` with `&`, values raw. `sign_type` is part of it.
 */
export const canonicalize = (params: Readonly<Record<string, string | null | undefined>>): string => {
  let text = ''
  for (const name of Object.keys(params).sort()) {
    const value = params[name]
    if (name === 'sign' || isBlank(value)) continue
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`
  }
  return text
}
