import { Refusal } from '../ledger/refusal.ts'
import { LETTERS_AND_DIGITS, type Random } from '../random.ts'

const DAY = 24 * 60 * 60 * 1000

/** A merchant's leave for an application to act for it (protocol §10). */
export interface Grant {
  readonly token: string
  readonly refreshToken: string
  /** The application that may act. */
  readonly appId: string
  /** The merchant it may act for. */
  readonly userId: string
  /** Milliseconds since 1970. */
  readonly grantedAt: number
}

interface AuthCode {
  readonly appId: string
  readonly userId: string
  readonly expiresAt: number
  readonly used: boolean
}

/** Authorisation codes and the tokens they become. */
export class Grants {
  readonly #random: Random
  readonly #codes = new Map<string, AuthCode>()
  readonly #byToken = new Map<string, Grant>()
  readonly #byRefreshToken = new Map<string, Grant>()
  /** What a refresh token was exchanged for; the second exchange gives the same pair. */
  readonly #refreshed = new Map<string, Grant>()

  constructor(random: Random) {
    this.#random = random
  }

  /** An `app_auth_code`: for one exchange, within 24 hours. */
  issueCode(appId: string, userId: string, at: number): string {
    const code = `P${this.#random.text(31, LETTERS_AND_DIGITS)}`
    this.#codes.set(code, { appId, userId, expiresAt: at + DAY, used: false })
    return code
  }

  /** @throws Refusal `AUTH_CODE_NOT_EXIST` or `AUTH_CODE_NOT_VALID` */
  exchange(code: string, appId: string, at: number): Grant {
    const known = this.#codes.get(code)
    if (known === undefined || known.appId !== appId) throw new Refusal('AUTH_CODE_NOT_EXIST')
    if (known.used || at > known.expiresAt) throw new Refusal('AUTH_CODE_NOT_VALID')
    this.#codes.set(code, { ...known, used: true })
    return this.grant(appId, known.userId, at)
  }

  /** @throws Refusal `REFRESH_TOKEN_NOT_EXIST` */
  refresh(refreshToken: string, appId: string, at: number): Grant {
    const old = this.#byRefreshToken.get(refreshToken)
    if (old === undefined || old.appId !== appId) throw new Refusal('REFRESH_TOKEN_NOT_EXIST')
    const grant = this.#refreshed.get(refreshToken) ?? this.grant(appId, old.userId, at)
    this.#refreshed.set(refreshToken, grant)
    return grant
  }

  /** Lets `appId` act for a merchant. */
  grant(appId: string, userId: string, grantedAt: number): Grant {
    const grant: Grant = { token: this.#newToken(), refreshToken: this.#newToken(), appId, userId, grantedAt }
    this.#byToken.set(grant.token, grant)
    this.#byRefreshToken.set(grant.refreshToken, grant)
    return grant
  }

  /** What `token` lets `appId` do; undefined when nothing. */
  find(token: string, appId: string): Grant | undefined {
    const grant = this.#byToken.get(token)
    return grant?.appId === appId ? grant : undefined
  }

  clear(): void {
    for (const part of [this.#codes, this.#byToken, this.#byRefreshToken, this.#refreshed]) part.clear()
  }

  #newToken(): string {
    return `20${this.#random.text(38, LETTERS_AND_DIGITS)}`
  }
}
