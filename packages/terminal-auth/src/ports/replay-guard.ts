/**
 * Whether a key was claimed before: `first`: never, and now it is; `same`: with the same value; `other`: with another.
 */
export type Claim = 'first' | 'same' | 'other'

/** Remembers what may be used once. Every process of one back end needs the same. */
export interface ReplayGuard {
  /**
   * Claims a key for a value, in one step: of two claims at once only one is `first`. Durable when it resolves. A
   * rejection refuses the request.
   *
   * @param until - when the claim may be forgotten
   */
  claim(key: string, value: string, until: Date): Promise<Claim>
}
