import type { Payment } from '@f2f/core'
import { OnPayment } from '@f2f/nest'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { onSettled } from './on-settled.ts'
import { store } from './store.ts'

@Injectable()
export class Orders implements OnApplicationShutdown {
  @OnPayment('settled') // at least once: when it throws, it is called again later
  settled(payment: Payment): Promise<void> {
    return onSettled(payment)
  }

  async onApplicationShutdown(): Promise<void> {
    await store.close()
  }
}
