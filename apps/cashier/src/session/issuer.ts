/** Who signed a token, as it says itself; the back end verifies tokens, the page only needs the name. */
export const issuerOf = (token: string): string => {
  const payload = token.split('.')[1] ?? ''
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  return String((JSON.parse(new TextDecoder().decode(bytes)) as { iss?: unknown }).iss ?? '')
}
