/** A merchant that lets this application act for it, or once did. Holds secrets: never log it. */
export interface AuthorisedMerchant {
  /** Your id of the merchant: 1 to 64 ASCII characters without blanks. */
  readonly merchantId: string
  /** 1 at first, one more with every change. */
  readonly version: number
  /** Secret: who has it, and the application's key, acts for the merchant. Undefined: forgotten. */
  readonly appAuthToken: string | undefined
  /** Secret: becomes the next pair. Undefined: forgotten. */
  readonly appRefreshToken: string | undefined
  /** The merchant's Alipay account, 2088…; for one `merchantId` it never changes. */
  readonly sellerId: string
  /** The merchant's own application, as notifications name it. */
  readonly authAppId: string | undefined
  /** When the token was given. */
  readonly authorisedAt: Date
  /** Until when it can be renewed. */
  readonly refreshBefore: Date | undefined
}

/** A merchant that was sent to Alipay and has not come back. */
export interface OpenAuthorisation {
  /** SHA-256 of the `state`, base64url; the state itself is nowhere. */
  readonly stateHash: string
  readonly merchantId: string
  readonly openedAt: Date
  readonly expiresAt: Date
}

/**
 * Where merchants' tokens are kept. Every change is durable when its method resolves. Rejects with `F2fError`
 * `STORE_UNAVAILABLE` when the store cannot be reached.
 */
export interface MerchantStore {
  /** Keeps an authorisation that was begun. Those that had ended by its `openedAt` may be forgotten. */
  open(authorisation: OpenAuthorisation): Promise<void>
  /** Takes it away and returns it, in one step: of two calls at once only one gets it. */
  take(stateHash: string): Promise<OpenAuthorisation | undefined>
  find(merchantId: string): Promise<AuthorisedMerchant | undefined>
  /** Compare-and-set: writes only when the stored version is `expectedVersion`; 0: when there is none. */
  put(merchant: AuthorisedMerchant, expectedVersion: number): Promise<boolean>
  /** Ids of the merchants whose `refreshBefore` lies before this instant, the soonest first. */
  expiring(before: Date): Promise<readonly string[]>
}
