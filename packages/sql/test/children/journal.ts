import { entered, journalled } from '../support/payments.ts'
import { openTarget, type Target } from './target.ts'

/** Journals and changes payments, eight at a time, until it is killed; names each when its writes are durable. */
export default async (target: Target): Promise<void> => {
  const store = openTarget(target)
  const till = async (name: string): Promise<never> => {
    for (let count = 0; ; count++) {
      const payment = journalled(`${name}_${count}`)
      await store.insert(payment)
      await store.replace(entered(payment, 'paid', 'reply'), 1)
      process.send?.(payment.outTradeNo)
    }
  }
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(till))
}
