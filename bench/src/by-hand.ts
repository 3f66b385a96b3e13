import { setTimeout as pause } from 'node:timers/promises'
import type { AlipaySdk } from 'alipay-sdk'

export interface OrderByHand {
  readonly outTradeNo: string
  readonly authCode: string
  readonly totalAmount: string
  readonly subject: string
}

/** `unknown`: neither paid nor cancelled for certain; somebody has to look. */
export type EndByHand = 'paid' | 'failed' | 'cancelled' | 'unknown'

export interface Patience {
  /** ms between two questions. */
  readonly every: number
  /** ms after which the payment is cancelled. */
  readonly within: number
}

/** What Alipay's guide advises, and this project's defaults. */
const ADVISED: Patience = { every: 5_000, within: 60_000 }
const CANCELS = 3
const CANCEL_PAUSE = 2_000

type Answer = Awaited<ReturnType<AlipaySdk['exec']>>

/** An answer, or nothing when the call failed: then nobody knows what Alipay did. */
const attempt = async (call: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await call
  } catch {
    return undefined
  }
}

const isRefused = (reply: Answer | undefined): boolean =>
  reply?.code === '40004' && !/SYSTEM_ERROR|TRADE_HAS_SUCCESS/.test(String(reply.subCode))

const cancelByHand = async (sdk: AlipaySdk, outTradeNo: string): Promise<EndByHand> => {
  for (let tried = 0; tried < CANCELS; tried += 1) {
    const reply = await attempt(sdk.exec('alipay.trade.cancel', { bizContent: { outTradeNo } }))
    if (reply?.code === '10000' && reply.retryFlag !== 'Y') return 'cancelled'
    await pause(CANCEL_PAUSE)
  }
  return 'unknown'
}

/**
 * The peer: how a good team takes a payment on `alipay-sdk` when it follows Alipay's guide. It pays, asks every five
 * seconds, and cancels when a minute is over. It keeps no journal, so a restart forgets its payments, and it trusts
 * answers as the SDK does by default, without checking their signatures.
 */
export const payByHand = async (
  sdk: AlipaySdk,
  { outTradeNo, authCode, totalAmount, subject }: OrderByHand,
  { every, within }: Patience = ADVISED,
): Promise<EndByHand> => {
  const deadline = performance.now() + within
  const bizContent = { outTradeNo, scene: 'bar_code', authCode, totalAmount, subject }
  const reply = await attempt(sdk.exec('alipay.trade.pay', { bizContent }))
  if (reply?.code === '10000') return 'paid'
  if (isRefused(reply)) return 'failed'
  while (performance.now() < deadline) {
    await pause(every)
    const trade = await attempt(sdk.exec('alipay.trade.query', { bizContent: { outTradeNo } }))
    if (trade?.tradeStatus === 'TRADE_SUCCESS' || trade?.tradeStatus === 'TRADE_FINISHED') return 'paid'
    if (trade?.tradeStatus === 'TRADE_CLOSED') return 'failed'
  }
  return cancelByHand(sdk, outTradeNo)
}
