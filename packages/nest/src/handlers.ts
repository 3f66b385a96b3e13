import type { Elsewhere, OnRefund, OnSettled } from '@f2f/core'
import { Inject, Injectable } from '@nestjs/common'
import { DiscoveryService, MetadataScanner } from '@nestjs/core'
import { discoverHandlers, type HandlerTable } from './discovery.ts'
import type { F2fModuleOptions } from './options.ts'
import { F2F_MODULE_OPTIONS } from './tokens.ts'

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const ownHandler = <T>(given: T | Elsewhere | undefined): T | undefined => (given === 'elsewhere' ? undefined : given)

/** Calls each of them, also when another one throws; rejects when any has. */
const callAll = async (calls: readonly (() => unknown)[]): Promise<void> => {
  const results = await Promise.allSettled(calls.map(async (call) => call()))
  const errors: unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  if (errors.length > 1) throw new AggregateError(errors, errors.map(wordsOf).join('; '))
  if (errors.length === 1) throw errors[0]
}

/** Takes what the cashier reports to the decorated methods. What any of them throws makes the cashier report again. */
@Injectable()
export class EventHandlers {
  readonly #discovery: DiscoveryService
  readonly #scanner: MetadataScanner
  readonly #options: F2fModuleOptions
  readonly #table: Promise<HandlerTable>
  #found: (table: HandlerTable) => void = () => undefined

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(F2F_MODULE_OPTIONS) options: F2fModuleOptions,
  ) {
    this.#discovery = discovery
    this.#scanner = scanner
    this.#options = options
    this.#table = new Promise((resolve) => {
      this.#found = resolve
    })
  }

  /**
   * Reports wait until this has been called: before it, a method could be missed, or meet a provider that is not ready.
   *
   * @throws F2fError `CONFIG_INVALID`
   */
  discover(): void {
    this.#found(discoverHandlers(this.#discovery, this.#scanner))
  }

  readonly onSettled: OnSettled = async (payment) => {
    const table = await this.#table
    await callAll([
      () => table.get(payment.status)?.run(payment),
      () => table.get('settled')?.run(payment),
      () => ownHandler(this.#options.onSettled)?.(payment),
    ])
  }

  readonly onRefund: OnRefund = async (refund, payment) => {
    const table = await this.#table
    await callAll([
      () => table.get('refund')?.run(refund, payment),
      () => ownHandler(this.#options.onRefund)?.(refund, payment),
    ])
  }
}
