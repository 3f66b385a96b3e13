import type { Payment } from '@f2f/core'
import { OnPayment } from '@f2f/nest'
import { Injectable, Logger } from '@nestjs/common'

@Injectable()
export class Orders {
  readonly #logger = new Logger(Orders.name)

  /** At least once for every payment; here the goods would be handed over. */
  @OnPayment('settled')
  onSettled({ outTradeNo, status, totalAmount }: Payment): void {
    this.#logger.log(`${outTradeNo} ${status} ${totalAmount}`)
  }
}
