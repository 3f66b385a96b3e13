export { type EnrolmentStoreUnderTest, enrolmentStoreContract } from './enrolment-store-contract.ts'
export { type ReplayGuardUnderTest, replayGuardContract } from './replay-guard-contract.ts'
export { type RevocationListUnderTest, revocationListContract } from './revocation-list-contract.ts'
export { type TillsUnderTestOptions, tillsUnderTest } from './tills-under-test.ts'
