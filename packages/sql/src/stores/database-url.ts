import { F2fError } from '@f2f/core'

/**
 * Refuses what is not an address of such a database before a driver sees it: their complaints repeat the address, and
 * with it the password.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const checkUrl = (url: string, protocols: readonly string[]): string => {
  const protocol = URL.canParse(url) ? new URL(url).protocol.slice(0, -1) : undefined
  if (protocol !== undefined && protocols.includes(protocol)) return url
  throw new F2fError('CONFIG_INVALID', 'The address of the database cannot be used.', {
    details: { field: 'url', rule: `${protocols[0]}://user:password@host:port/database` },
  })
}
