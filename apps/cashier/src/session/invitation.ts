const NAME = 'enrol'

/**
 * The enrolment code in the address's fragment, if it was followed from there; it is taken out of the address and of the
 * history at once.
 */
export const takeInvitation = (location: Location, history: History): string => {
  const code = new URLSearchParams(location.hash.slice(1)).get(NAME) ?? ''
  if (code !== '') history.replaceState(null, '', `${location.pathname}${location.search}`)
  return code
}
