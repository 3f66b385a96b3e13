import type { Cashier, Payment } from '@f2f/core'
import { STORE } from './back-end.ts'
import type { Narrator } from './narrator.ts'
import type { Words } from './words.ts'

/** What a customer's wallet shows next: a payment code that behaves as the two digits say. */
export type ShowCode = (scenario: string) => Promise<string>

interface Stage {
  readonly cashier: Cashier
  readonly showCode: ShowCode
  readonly narrator: Narrator
  readonly words: Words
  readonly nextNumber: () => string
}

interface Scene {
  readonly name: keyof Words['scenes']
  readonly scenario: string
  readonly totalAmount: string
  readonly refundAmount?: string
}

const SCENES: readonly Scene[] = [
  { name: 'atOnce', scenario: '00', totalAmount: '88.88' },
  { name: 'waits', scenario: '03', totalAmount: '1288.00' },
  { name: 'never', scenario: '09', totalAmount: '35.50' },
  { name: 'lost', scenario: '30', totalAmount: '12.00' },
  { name: 'refund', scenario: '00', totalAmount: '66.00', refundAmount: '20.00' },
]

/** ms the customers of the scenes have, so that nobody has to wait a minute for the one who never pays. */
const PATIENCE = 5_000

const settle = async ({ cashier, narrator }: Stage, payment: Payment): Promise<void> => {
  let told: Payment['status'] | undefined
  for await (const change of cashier.watch(payment.outTradeNo)) {
    if (change.status !== told) narrator.status(change)
    told = change.status
  }
}

const play = async (stage: Stage, scene: Scene): Promise<void> => {
  const { cashier, narrator, showCode, nextNumber, words } = stage
  narrator.scene(`${words.scenes[scene.name]} · ¥${scene.totalAmount}`)
  const outTradeNo = nextNumber()
  const authCode = await showCode(scene.scenario)
  const { totalAmount, refundAmount } = scene
  const payment = await cashier.start({
    outTradeNo,
    authCode,
    totalAmount,
    subject: words.scenes[scene.name],
    storeId: STORE,
    payWithin: PATIENCE,
  })
  await settle(stage, payment)
  if (refundAmount === undefined) return
  const refund = await cashier.refund({ outTradeNo, outRequestNo: `${outTradeNo}R1`, refundAmount, reason: 'demo' })
  narrator.known(`${words.refunded(refund.refundAmount)} (${refund.status})`)
}

/** Plays every scene, one after the other. */
export const playScenes = async (stage: Stage): Promise<void> => {
  for (const scene of SCENES) await play(stage, scene)
}
