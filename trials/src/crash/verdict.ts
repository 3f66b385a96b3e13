import { readFile } from 'node:fs/promises'
import type { Payment, PaymentStore } from '@f2f/core'
import { auditBooks, type TradeTruth } from '@f2f/simulator'
import type { Delivery } from './till-config.ts'

export interface CrashVerdict {
  readonly kills: number
  readonly payments: number
  readonly byOutcome: Readonly<Record<string, number>>
  readonly refunds: number
  readonly deliveries: number
  /** What the books, Alipay and the deliveries do not agree on. Must be empty. */
  readonly wrong: readonly string[]
}

const readDeliveries = async (file: string): Promise<readonly Delivery[]> => {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Delivery)
}

const untold = (payment: Payment, told: ReadonlySet<string>): readonly string[] => {
  const { outTradeNo, status, refunds } = payment
  const missing: string[] = []
  if (!told.has(`${outTradeNo} ${status}`)) missing.push(`${outTradeNo}: nobody was told that it is ${status}`)
  for (const refund of refunds) {
    if (!told.has(`${outTradeNo}/${refund.outRequestNo} ${refund.status}`)) {
      missing.push(`${outTradeNo}: nobody was told that refund ${refund.outRequestNo} has ${refund.status}`)
    }
  }
  return missing
}

/** A payment's deliveries come in the order of its versions; the same one may come again. */
export const outOfOrder = (deliveries: readonly Delivery[]): readonly string[] => {
  const latest = new Map<string, number>()
  return deliveries.flatMap(({ outTradeNo, outRequestNo, version, status }) => {
    const before = latest.get(outTradeNo) ?? 0
    latest.set(outTradeNo, Math.max(before, version))
    if (version >= before) return []
    const what = outRequestNo === undefined ? 'it' : `refund ${outRequestNo}`
    return [`${outTradeNo}: that ${what} is ${status} (version ${version}) was told after version ${before}`]
  })
}

/** Holds store, ledger and deliveries together after everything has come to rest. */
export const judgeCrash = async (
  kills: number,
  store: PaymentStore,
  trades: readonly TradeTruth[],
  deliveriesFile: string,
): Promise<CrashVerdict> => {
  const payments: Payment[] = []
  for await (const payment of store.list()) payments.push(payment)
  const deliveries = await readDeliveries(deliveriesFile)
  const told = new Set(
    deliveries.map(({ outTradeNo, outRequestNo, status }) =>
      outRequestNo === undefined ? `${outTradeNo} ${status}` : `${outTradeNo}/${outRequestNo} ${status}`,
    ),
  )
  const byOutcome: Record<string, number> = {}
  for (const { status } of payments) byOutcome[status] = (byOutcome[status] ?? 0) + 1
  const lines = await auditBooks(trades, payments)
  return {
    kills,
    payments: payments.length,
    byOutcome,
    refunds: payments.reduce((sum, { refunds }) => sum + refunds.length, 0),
    deliveries: deliveries.length,
    wrong: [
      ...lines.flatMap(({ outTradeNo, differences }) =>
        differences.map((difference) => `${outTradeNo}: ${difference}`),
      ),
      ...payments.flatMap((payment) => untold(payment, told)),
      ...outOfOrder(deliveries),
    ],
  }
}
