export { isUnknown } from '../payment/payment.ts'
export { createHeartbeat, type Heartbeat, type HeartbeatOptions } from './heartbeat.ts'
export { logPayments, type PaymentLogger } from './log-payments.ts'
export { type Observer, observe } from './observe.ts'
