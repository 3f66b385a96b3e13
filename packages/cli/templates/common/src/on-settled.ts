import type { Payment } from '@f2f/core'

/** Hand out the goods, or tell the till. Called at least once for every payment, so it must bear being called again. */
export const onSettled = async ({ outTradeNo, status, totalAmount }: Payment): Promise<void> => {
  console.log(`${outTradeNo} ${status} ¥${totalAmount}`)
}
