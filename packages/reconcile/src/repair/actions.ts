import { createHash } from 'node:crypto'
import { F2fError, yuan } from '@f2f/core'
import type { Difference } from '../compare/difference.ts'
import { askRefund, askTrade, isPaid, type RepairGateway, tradeOf } from './ask-alipay.ts'
import type { RepairResult } from './audit.ts'

/** A payment that Alipay has confirmed and the shop has not delivered yet. */
export interface Delivery {
  readonly outTradeNo: string
  /** Alipay's number. */
  readonly tradeNo: string
  /** Whole fen. */
  readonly amount: number
  readonly difference: Difference
}

/** The shop's own part: hand over, or note that it is paid. It may be called again for the same payment. */
export type Deliver = (delivery: Delivery) => void | Promise<void>

export interface ActionOutcome {
  readonly result: RepairResult
  readonly facts: Readonly<Record<string, string | number>>
}

/** The refund's number: always the same for the same difference, so that Alipay refunds once. */
const refundNumber = (id: string): string => `RC${createHash('sha256').update(id).digest('hex').slice(0, 30)}`

const stateFacts = ({ status, amount }: Awaited<ReturnType<typeof askTrade>>) => ({
  status,
  ...(amount === undefined ? {} : { amount }),
})

/** Asks Alipay how it stands. */
export const performQuery = async (alipay: RepairGateway, difference: Difference): Promise<ActionOutcome> => {
  if (difference.kind === 'refund' && difference.outRequestNo !== '') {
    const isDone = await askRefund(alipay, difference, difference.outRequestNo)
    return { result: 'asked', facts: { status: isDone ? 'REFUND_SUCCESS' : 'NOT_REFUNDED' } }
  }
  return { result: 'asked', facts: stateFacts(await askTrade(alipay, difference)) }
}

/** Lets the shop deliver what Alipay confirms to be paid. */
export const performDelivery = async (
  alipay: RepairGateway,
  difference: Difference,
  deliver: Deliver | undefined,
): Promise<ActionOutcome> => {
  if (deliver === undefined) {
    throw new F2fError('CONFIG_INVALID', 'A delivery needs your deliver function.', { details: { field: 'deliver' } })
  }
  const state = await askTrade(alipay, difference)
  const { bill, outTradeNo } = difference
  if (bill === undefined || !isPaid(state, difference)) return { result: 'notConfirmed', facts: stateFacts(state) }
  await deliver({ outTradeNo, tradeNo: bill.tradeNo, amount: bill.amount, difference })
  return { result: 'delivered', facts: stateFacts(state) }
}

const refunded = (outRequestNo: string, amount: number): ActionOutcome => ({
  result: 'refunded',
  facts: { outRequestNo, amount },
})

/** Gives the buyer the money back, once, however often it is tried. */
export const performRefund = async (alipay: RepairGateway, difference: Difference): Promise<ActionOutcome> => {
  const { bill, id } = difference
  const outRequestNo = refundNumber(id)
  const amount = bill?.amount ?? 0
  if (await askRefund(alipay, difference, outRequestNo)) return refunded(outRequestNo, amount)
  const state = await askTrade(alipay, difference)
  if (!isPaid(state, difference)) return { result: 'notConfirmed', facts: stateFacts(state) }
  const reply = await alipay.refund({
    ...tradeOf(difference),
    out_request_no: outRequestNo,
    refund_amount: yuan(amount),
    refund_reason: 'reconciliation',
  })
  // 10000 alone is no success (protocol §6.5).
  const isDone = reply.code === '10000' && reply.fund_change === 'Y'
  if (isDone || (await askRefund(alipay, difference, outRequestNo))) return refunded(outRequestNo, amount)
  return { result: 'refused', facts: { code: reply.code, subCode: reply.sub_code ?? '' } }
}
