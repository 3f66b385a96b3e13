export type { AuthorisationDesk } from './authorisation-desk.ts'
export type { Handler } from './fetch-bridge.ts'
export { createHandler, type HandlerOptions } from './handler.ts'
export { type NodeListener, toNodeListener } from './node-listener.ts'
export { nodeRequest } from './node-request.ts'
export { createNotifyHandler, type NotifyHandlerOptions } from './notify-handler.ts'
export { openApiDocument } from './openapi/document.ts'
export {
  type Authenticate,
  allowAnyone,
  type Principal,
  type RefundAsked,
  type RouteInfo,
  type Scope,
} from './principal.ts'
export { type ProblemView, problemView } from './problem.ts'
export { problemResponse } from './problem-response.ts'
export type {
  BillAwaited,
  ReconciledDay,
  ReconciledDifference,
  ReconciledSide,
  ReconciliationDesk,
} from './reconciliations.ts'
export type { TerminalDesk, TerminalIdentity, TerminalToken } from './terminal-desk.ts'
export {
  type PaymentDetailView,
  type PaymentView,
  paymentDetailView,
  paymentView,
  type RefundView,
  refundView,
} from './view.ts'
