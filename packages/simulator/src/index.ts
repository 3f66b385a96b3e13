export { type AuditLine, auditBooks, type BookEntry } from './audit.ts'
export type { RefundTruth, TradeTruth } from './control/truth.ts'
export { FAULTS, type Fault, type FaultKind, type FaultRule } from './faults/fault.ts'
export { ConnectionLost } from './gateway/connection-lost.ts'
export type { CertificateFiles } from './identity/certificates.ts'
export type { SimulatorCredentials, SimulatorKeys } from './identity/credentials.ts'
export type { Buyer } from './ledger/trade.ts'
export type {
  EmptyBill,
  SimulatorAppOptions,
  SimulatorBillOptions,
  SimulatorMerchantOptions,
  SimulatorNotifyOptions,
  SimulatorOptions,
} from './options.ts'
export { type ServeOptions, type SimulatorServer, serve } from './server.ts'
export { createSimulator, type LedgerView, type Simulator } from './simulator.ts'
export type { SimulatorClock } from './time/simulator-clock.ts'
