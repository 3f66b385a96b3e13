import type { Alipay, AlipayOptions, CashierOptions } from '@f2f/core'
import type { Authenticate, HandlerOptions } from '@f2f/core/http'
import type { CanActivate, Type } from '@nestjs/common'

/** A client, what to make one of, or the token by which the main client acts for another merchant. */
export type NamedClient = Alipay | AlipayOptions | { readonly appAuthToken: string }

/** Options of the module: those of `createCashier`, those of `createHandler`, and the clients. */
export interface F2fModuleOptions
  extends Omit<CashierOptions, 'alipay' | 'onProblem'>,
    Pick<
      HandlerOptions,
      'maxBodyBytes' | 'heartbeatEvery' | 'newOutTradeNo' | 'terminals' | 'authorisations' | 'reconciliations'
    > {
  /** The cashier's client, or the options of `createAlipay`. */
  readonly alipay: Alipay | AlipayOptions
  /** More clients, for `@InjectAlipay(name)`. With `forRootAsync`, name them in `clientNames` too. */
  readonly clients?: Readonly<Record<string, NamedClient>> | undefined
  /** Says who calls the HTTP API. Needed with `controller`; there is no default. */
  readonly authenticate?: Authenticate | undefined
  /**
   * Told of what goes wrong behind the scenes. Default: Nest's logger: as an error what is this side's fault, as a
   * warning or debug message what is not.
   *
   * @param about - the payment's `outTradeNo`, or the operation of the HTTP API
   */
  readonly onProblem?: ((error: unknown, about?: string) => void) | undefined
}

/** Makes the options, for `useClass` and `useExisting`. */
export interface F2fOptionsFactory {
  createF2fOptions(): F2fModuleOptions | Promise<F2fModuleOptions>
}

/** The HTTP API as a controller of the application. */
export interface F2fControllerOptions {
  /** Such as `pay`; the application's global prefix goes before it. No parameters, no wildcards. */
  readonly path: string
  /**
   * Guards before every route except `POST notify`: Alipay proves itself by its signature and cannot pass them. Who the
   * caller is and what it may do is decided by `authenticate`, behind them. Let those through that bring no token:
   * tills at `POST terminals` and `POST terminals/token`, merchants at `GET authorisations/callback`.
   */
  readonly guards?: readonly (Type<CanActivate> | CanActivate)[] | undefined
  /**
   * Decorators for the controller class, such as the `Public()` that keeps an application's global guard away from
   * Alipay's notifications.
   */
  readonly decorators?: readonly ClassDecorator[] | undefined
}

/** What is known of the module before its options are. */
export interface F2fModuleExtras {
  /** Whether every module can inject `Cashier` and `Alipay` without importing this one. Default false. */
  readonly isGlobal?: boolean | undefined
  /** Serves the HTTP API. Default false. */
  readonly controller?: F2fControllerOptions | false | undefined
  /** Keys of `clients`; `forRoot` reads them from there. */
  readonly clientNames?: readonly string[] | undefined
}
