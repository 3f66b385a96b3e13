import type { Alipay, Cashier, Wakeups } from '@f2f/core'
import { type Authenticate, createHandler, type Handler } from '@f2f/core/http'
import type { F2fModuleOptions } from './options.ts'
import { logProblem } from './problems.ts'

/** What a handler is made of. */
export interface HandlerParts {
  readonly options: F2fModuleOptions
  readonly cashier: Cashier
  readonly alipay: Alipay
}

/** `createHandler` with the module's options. */
export const handlerOf = ({ options, ...parts }: HandlerParts, authenticate: Authenticate, basePath = ''): Handler => {
  const {
    authorisations,
    clock,
    heartbeatEvery,
    maxBodyBytes,
    newOutTradeNo,
    onProblem = logProblem,
    reconciliations,
    terminals,
  } = options
  const wakeups: (Wakeups & { readonly health?: () => unknown }) | undefined = options.wakeups
  return createHandler({
    ...parts,
    authenticate,
    authorisations,
    basePath,
    clock,
    heartbeatEvery,
    maxBodyBytes,
    newOutTradeNo,
    onProblem,
    reconciliations,
    terminals,
    wakeups,
  })
}
