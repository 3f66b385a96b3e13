export { OnPayment, OnRefund, type PaymentEventName } from './decorators.ts'
export { F2fExceptionFilter } from './exception-filter.ts'
export { F2fModule } from './f2f.module.ts'
export { type F2fHealth, F2fHealthIndicator } from './health-indicator.ts'
export { nestRequest } from './native.ts'
export type {
  F2fControllerOptions,
  F2fModuleExtras,
  F2fModuleOptions,
  F2fOptionsFactory,
  NamedClient,
} from './options.ts'
export { Alipay, Cashier, getAlipayToken, InjectAlipay, InjectCashier } from './tokens.ts'
