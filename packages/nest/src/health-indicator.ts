import type { Handler } from '@f2f/core/http'
import { Inject, Injectable } from '@nestjs/common'
import { type HandlerParts, handlerOf } from './handler.ts'
import type { F2fModuleOptions } from './options.ts'
import { Alipay, Cashier, F2F_MODULE_OPTIONS } from './tokens.ts'

/** What `GET /health` says of the store, the wake-ups and Alipay, as Terminus (11 and later) wants it. */
export type F2fHealth<Key extends string> = Record<
  Key,
  { readonly status: 'up' | 'down' } & Readonly<Record<string, unknown>>
>

interface HealthAnswer {
  readonly status: 'ok' | 'failing'
  readonly [part: string]: unknown
}

/**
 * Health of the cashier for `@nestjs/terminus`, which need not be installed otherwise:
 *
 * ```ts
 * @HealthCheck()
 * check() {
 *   return this.health.check([() => this.f2f.isHealthy('payments')])
 * }
 * ```
 */
@Injectable()
export class F2fHealthIndicator {
  readonly #parts: HandlerParts
  #handler: Handler | undefined

  constructor(
    @Inject(F2F_MODULE_OPTIONS) options: F2fModuleOptions,
    @Inject(Cashier) cashier: Cashier,
    @Inject(Alipay) alipay: Alipay,
  ) {
    this.#parts = { options, cashier, alipay }
  }

  /**
   * Never rejects: what fails is `down`.
   *
   * @param key - what the result is listed under
   */
  async isHealthy<Key extends string = 'f2f'>(key: Key): Promise<F2fHealth<Key>> {
    this.#handler ??= handlerOf(this.#parts, () => undefined)
    const response = await this.#handler(new Request('http://localhost/health'))
    const { status, ...parts } = (await response.json()) as HealthAnswer
    return { [key]: { status: status === 'ok' ? 'up' : 'down', ...parts } } as F2fHealth<Key>
  }
}
