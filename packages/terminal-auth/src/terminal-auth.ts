import { type Clock, systemClock } from '@f2f/core'
import type { Authenticate, Principal } from '@f2f/core/http'
import { bearerToken } from './bearer.ts'
import type { JwkSet } from './keys/jwk.ts'
import { type RemoteKeysOptions, verificationKeys } from './keys/verification-keys.ts'
import { memoryReplayGuard } from './ports/memory-replay-guard.ts'
import type { ReplayGuard } from './ports/replay-guard.ts'
import type { Revocation } from './ports/revocation.ts'
import { type KeylessRefunds, refundGuard } from './refund/refund-guard.ts'
import { tokenVerifier } from './token/token-verifier.ts'

export interface TerminalAuthOptions {
  /** The issuer's public keys: the set itself, or where it is published (https, or http on this machine). */
  readonly jwks: JwkSet | URL
  /** How a set behind a URL is fetched. */
  readonly remoteKeys?: RemoteKeysOptions | undefined
  /** Must be the token's `iss`. */
  readonly issuer: string
  /** Must be among the token's `aud`. */
  readonly audience: string
  /** ms by which this machine's clock may differ from the issuer's; default 0, at most 300,000. */
  readonly clockTolerance?: number | undefined
  /** ms; an older token is refused whatever its own end. Default a day. */
  readonly maxAge?: number | undefined
  /** Asked for every token. Default: nothing is revoked. */
  readonly revocation?: Revocation | undefined
  /** Default: this process's memory, which is enough for one process. */
  readonly replay?: ReplayGuard | undefined
  /** Refunds by tokens without a till's own key. Default `one-payment`. */
  readonly keylessRefunds?: KeylessRefunds | undefined
  readonly clock?: Clock | undefined
}

/**
 * The `authenticate` of `createHandler`: says which till is calling by the token in `Authorization: Bearer`.
 *
 * No token: `undefined`, which the handler answers 401. A token that is not valid in any way: `AUTH_INVALID`, always
 * with the same words; why is in the error's `cause`.
 *
 * @throws F2fError `CONFIG_INVALID` at once; `AUTH_INVALID`, `AUTH_FORBIDDEN`, `AUTH_UNAVAILABLE` for a request
 */
export const terminalAuth = (options: TerminalAuthOptions): Authenticate => {
  const { jwks, remoteKeys, clock = systemClock, clockTolerance = 0, keylessRefunds = 'one-payment' } = options
  const verify = tokenVerifier({ ...options, keys: verificationKeys(jwks, remoteKeys) })
  const guard = refundGuard({ replay: options.replay ?? memoryReplayGuard(clock), keylessRefunds, clockTolerance })
  return async (request, route): Promise<Principal | undefined> => {
    const token = bearerToken(request.headers.get('authorization'))
    if (token === undefined) return undefined
    const verified = await verify(token)
    return { ...verified.grant, ...(await guard({ request, route, token, verified })) }
  }
}
