import type { OpenBackEnd } from '@f2f/demo-back-end'
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'

/** What the application is given to run on. */
export const BACK_END = Symbol('BACK_END')

/** Store, wake-ups and tills, closed after the cashier and the server. */
@Module({})
export class BackEndModule implements OnApplicationShutdown {
  readonly #opened: Pick<OpenBackEnd, 'close'>

  constructor(@Inject(BACK_END) opened: Pick<OpenBackEnd, 'close'>) {
    this.#opened = opened
  }

  static of(opened: Pick<OpenBackEnd, 'backEnd' | 'close'>): DynamicModule {
    return { module: BackEndModule, providers: [{ provide: BACK_END, useValue: opened }], exports: [BACK_END] }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#opened.close()
  }
}
