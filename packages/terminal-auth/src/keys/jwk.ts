/** A JSON Web Key (RFC 7517), as JSON has it. Only Ed25519 and P-256 keys are used here. */
export interface Jwk {
  readonly kty?: string | undefined
  readonly crv?: string | undefined
  readonly x?: string | undefined
  readonly y?: string | undefined
  /** The private part. Never in a set that is published. */
  readonly d?: string | undefined
  readonly kid?: string | undefined
  readonly alg?: string | undefined
  readonly use?: string | undefined
}

/** A JSON Web Key Set of public keys. */
export interface JwkSet {
  readonly keys: readonly Jwk[]
}

/** EdDSA is Ed25519, ES256 is ECDSA on P-256 with SHA-256. There is no other. */
export type Algorithm = 'EdDSA' | 'ES256'

export const ALGORITHMS: readonly Algorithm[] = ['EdDSA', 'ES256']
