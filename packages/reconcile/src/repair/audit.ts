import { appendFile, readFile } from 'node:fs/promises'
import type { RepairAction } from '../compare/suggestion.ts'

/**
 * - `declined`: nobody confirmed it.
 * - `begun`: written before anything is done. Without a `done` after it, the repair is done again, which is safe.
 * - `done`: it has an outcome.
 */
export type AuditStage = 'declined' | 'begun' | 'done'

/**
 * What came of a repair.
 *
 * - `asked`: Alipay was asked; `facts` has the answer.
 * - `refunded`: the money went back, by this repair or an earlier attempt at it.
 * - `delivered`: Alipay confirmed the payment, and your `deliver` did its work.
 * - `notConfirmed`: Alipay's answer does not bear the difference out, so nothing was done.
 * - `refused`: Alipay refused the refund.
 */
export type RepairResult = 'asked' | 'refunded' | 'delivered' | 'notConfirmed' | 'refused'

/** One line of the audit trail. Plain JSON. */
export interface AuditRecord {
  /** The difference's id. */
  readonly id: string
  readonly action: RepairAction
  readonly stage: AuditStage
  /** ISO 8601. */
  readonly at: string
  /** Who had it done. */
  readonly by: string
  readonly outTradeNo: string
  /** Only when `done`. */
  readonly result?: RepairResult | undefined
  /** What Alipay said: status, codes, amounts. */
  readonly facts?: Readonly<Record<string, string | number>> | undefined
}

/** Where repairs are written down. Every `append` is durable when it resolves. */
export interface AuditLog {
  append(record: AuditRecord): Promise<void>
  /** Every record, oldest first. */
  records(): AsyncIterable<AuditRecord>
}

/** An audit trail that ends with the process: for tests. */
export const memoryAudit = (): AuditLog => {
  const kept: AuditRecord[] = []
  return {
    async append(record) {
      kept.push(record)
    },
    async *records() {
      yield* kept
    },
  }
}

const linesOf = async (path: string): Promise<readonly string[]> => {
  try {
    return (await readFile(path, 'utf8')).split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

const parsed = (line: string): AuditRecord | undefined => {
  try {
    return JSON.parse(line) as AuditRecord
  } catch {
    // Empty, or cut off by a crash; what it was about is done again.
    return undefined
  }
}

/** An audit trail in a file, one JSON record in each line; lines are only ever added. */
export const fileAudit = (path: string): AuditLog => {
  // A crash may have cut the last line off; what comes next must not stand on it.
  let begin = '\n'
  return {
    async append(record) {
      await appendFile(path, `${begin}${JSON.stringify(record)}\n`, { mode: 0o600, flush: true })
      begin = ''
    },
    async *records() {
      for (const line of await linesOf(path)) {
        const record = parsed(line)
        if (record !== undefined) yield record
      }
    },
  }
}
