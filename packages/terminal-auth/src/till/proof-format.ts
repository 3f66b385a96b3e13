/** Header of a refund request that carries the till's proof. */
export const REFUND_PROOF_HEADER = 'refund-proof'

/** `typ` of the JWT by which a till orders one refund. */
export const REFUND_PROOF_TYPE = 'refund-proof+jwt'

/** `typ` of the JWT by which a till asks for its next token. */
export const REFRESH_PROOF_TYPE = 'refresh-proof+jwt'
