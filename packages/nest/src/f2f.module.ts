import { createCashier, type Elsewhere } from '@f2f/core'
import {
  type DynamicModule,
  Inject,
  Module,
  type NestModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  Optional,
} from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { ConfigurableModuleClass, type OPTIONS_TYPE } from './f2f.module-definition.ts'
import { EventHandlers } from './handlers.ts'
import { F2fHealthIndicator } from './health-indicator.ts'
import { HttpMount } from './mount.ts'
import type { F2fModuleOptions } from './options.ts'
import { logProblem } from './problems.ts'
import { Alipay, Cashier, F2F_MODULE_OPTIONS } from './tokens.ts'

/** Decorated methods are called here unless the options say that reports of this kind are told in another process. */
const unlessElsewhere = <T>(given: unknown, other: unknown, handler: T): T | Elsewhere =>
  given === 'elsewhere' || (given === undefined && other === 'elsewhere') ? 'elsewhere' : handler

const makeCashier = (options: F2fModuleOptions, alipay: Alipay, handlers: EventHandlers): Cashier =>
  createCashier({
    ...options,
    onProblem: options.onProblem ?? logProblem,
    alipay,
    onSettled: unlessElsewhere(options.onSettled, options.onRefund, handlers.onSettled),
    onRefund: unlessElsewhere(options.onRefund, options.onSettled, handlers.onRefund),
  })

/**
 * Alipay Face-to-Face payments in a Nest application: injectable `Cashier` and `Alipay`, methods called when a payment
 * or refund has ended, and the HTTP API as a controller when asked for. Import it once.
 *
 * On start, payments that an earlier process left unfinished are taken up; on shutdown, the cashier is closed.
 */
@Module({
  imports: [DiscoveryModule],
  providers: [
    EventHandlers,
    F2fHealthIndicator,
    { provide: Cashier, inject: [F2F_MODULE_OPTIONS, Alipay, EventHandlers], useFactory: makeCashier },
  ],
  exports: [Cashier, F2fHealthIndicator],
})
export class F2fModule extends ConfigurableModuleClass implements NestModule, OnApplicationBootstrap, OnModuleDestroy {
  readonly #cashier: Cashier
  readonly #handlers: EventHandlers
  readonly #mount: HttpMount | undefined

  constructor(
    @Inject(Cashier) cashier: Cashier,
    @Inject(EventHandlers) handlers: EventHandlers,
    @Optional() @Inject(HttpMount) mount: HttpMount | undefined,
  ) {
    super()
    this.#cashier = cashier
    this.#handlers = handlers
    this.#mount = mount
  }

  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    const clientNames = Object.keys(options.clients ?? {})
    return { ...ConfigurableModuleClass.forRoot({ ...options, clientNames }), module: F2fModule }
  }

  configure(): void {
    this.#mount?.open()
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#handlers.discover()
    await this.#cashier.recover()
  }

  async onModuleDestroy(): Promise<void> {
    await this.#cashier.close()
  }
}
