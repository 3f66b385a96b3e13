export { REFUND_PROOF_HEADER } from './proof-format.ts'
export { type RefreshProofInput, type RefundProofInput, signRefreshProof, signRefundProof } from './proofs.ts'
export { generateTillKey, type TillKey } from './till-key.ts'
