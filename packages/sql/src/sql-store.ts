import { type Clock, F2fError, type MerchantStore, type Payment, type PaymentStore, systemClock } from '@f2f/core'
import type { Kysely } from 'kysely'
import { DATABASE, type DialectName } from './dialect.ts'
import { storeFailure } from './failure.ts'
import type { HotStatements } from './hot-statements.ts'
import { sqlMerchantStore } from './merchants/merchant-store.ts'
import { type EncryptionKey, sealWith } from './merchants/seal.ts'
import { listPayments } from './read/list-payments.ts'
import { type BookedRefund, listRefunds, type RefundFilter } from './read/list-refunds.ts'
import { retried } from './retried.ts'
import { KnownRows } from './rows/ledger-rows.ts'
import { fromRow, type StoredPayment } from './rows/payment-row.ts'
import { text } from './rows/values.ts'
import { checkSchema, migrateSchema } from './schema/schema.ts'
import type { Tables } from './schema/tables.ts'
import type { Session } from './session.ts'
import { readStatements } from './statements.ts'
import { sqlEnrolmentStore } from './terminals/enrolment-store.ts'
import { listTerminals } from './terminals/list-terminals.ts'
import { sqlReplayGuard } from './terminals/replay-guard.ts'
import { sqlRevocationList } from './terminals/revocation-list.ts'
import type { SqlTerminals } from './terminals/types.ts'
import { inTransactions } from './write/transaction.ts'
import { writerFor } from './write/writer.ts'

export interface SqlTerminalsOptions {
  /** Says what may be forgotten. Default: the machine's. */
  readonly clock?: Clock | undefined
}

export interface SqlMerchantsOptions {
  /**
   * Encrypts tokens in the database with AES-256-GCM: 32 bytes, or 32 bytes in base64. To change it give several: the
   * first is written with, all are read with. Without it tokens are stored as they are.
   */
  readonly encryptionKey?: EncryptionKey | readonly EncryptionKey[] | undefined
}

/** Payments in an SQL database. */
export interface SqlStore extends PaymentStore {
  /**
   * Creates the tables or brings them up to date. Safe when several processes do it at once.
   *
   * @throws F2fError `STORE_SCHEMA_NEWER` when a newer version of this package has changed the tables;
   *   `STORE_UNAVAILABLE`
   */
  migrate(): Promise<void>
  /** Refunds with their payments, oldest first, for reports and reconciliation. */
  refunds(filter?: RefundFilter): AsyncIterable<BookedRefund>
  /**
   * Tills, revoked tokens and used proofs in the same database, for any number of processes: spread it into the
   * options of `enrolment` of `@f2f/terminal-auth`, and give its `revocation` and `replay` to `terminalAuth`.
   */
  terminals(options?: SqlTerminalsOptions): SqlTerminals
  /**
   * Tokens of the merchants that authorised this application, for `createAuthorisation({ store })`.
   *
   * @throws F2fError `CONFIG_INVALID` for a key that is none; its methods reject with `STORE_UNDECRYPTABLE` for tokens
   *   written with another key
   */
  merchants(options?: SqlMerchantsOptions): MerchantStore
  /** Waits for what is under way and ends the connections that the store has opened itself. */
  close(): Promise<void>
}

/** A database to keep payments in. */
export interface Database {
  readonly db: Kysely<Tables>
  readonly dialect: DialectName
  /** Migrates when first used; otherwise tables that are not up to date are refused. */
  readonly migrate: boolean
  readonly release: () => Promise<void>
  /** Filled with the statements worth preparing. */
  readonly hot: HotStatements
  /** How often a SQLite file that another connection is writing to is tried. */
  readonly busyTries: number
}

export const createSqlStore = ({ db, dialect, migrate, release, hot, busyTries }: Database): SqlStore => {
  const writer = writerFor(db, dialect, hot)
  const statements = readStatements(db, hot)
  const known = new KnownRows()
  const underWay = new Set<Promise<unknown>>()
  let prepared: Promise<void> | undefined
  let closing: Promise<void> | undefined

  const prepare = (): Promise<void> => {
    prepared ??= (migrate ? migrateSchema : checkSchema)(db, dialect).catch((error: unknown) => {
      prepared = undefined
      throw error
    })
    return prepared
  }

  const tracked = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }

  const guarded = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new F2fError('STORE_UNAVAILABLE', `The ${DATABASE[dialect]} store is closed.`)
    try {
      return await tracked(retried(work, busyTries))
    } catch (error) {
      throw storeFailure(dialect, doing, error)
    }
  }

  const using = <T>(doing: string, work: () => Promise<T>): Promise<T> => guarded(doing, () => prepare().then(work))

  const session: Session = { db, dialect, hot, using, atomically: inTransactions(db, dialect) }

  const find = async (outTradeNo: string): Promise<Payment | undefined> => {
    const { rows } = await db.executeQuery<StoredPayment>(statements.find({ outTradeNo: text(outTradeNo) }))
    const [row] = rows
    // MySQL takes spaces at the end for nothing; to a payment they would be another number.
    return row?.out_trade_no === outTradeNo ? known.note(fromRow(row)) : undefined
  }

  return {
    migrate: () => guarded('change its tables', () => migrateSchema(db, dialect)),

    insert: (payment) =>
      using('journal a payment', async () => {
        if (await writer.insert(known.rowsOf(payment))) return { inserted: true, payment: known.note(payment) }
        const present = await find(payment.outTradeNo)
        if (present !== undefined) return { inserted: false, payment: present }
        throw new F2fError('STORE_CONTENDED', `Payment ${payment.outTradeNo} was deleted while it was looked up.`)
      }),

    find: (outTradeNo) => using('find a payment', () => find(outTradeNo)),

    replace: (next, expectedVersion) =>
      using('change a payment', async () => {
        const written = await writer.replace(known.rowsOf(next), expectedVersion)
        if (written) known.note(next)
        return written
      }),

    due: (before, limit) =>
      using('tell what is due', async () => {
        const { rows } = await db.executeQuery<{ out_trade_no: string }>(
          statements.due({ before: before.getTime(), limit }),
        )
        return rows.map(({ out_trade_no }) => out_trade_no)
      }),

    list: (filter = {}) => listPayments(db, (query) => using('list payments', query), filter),
    refunds: (filter = {}) => listRefunds(db, (query) => using('list refunds', query), filter),

    terminals: ({ clock = systemClock } = {}) => ({
      store: sqlEnrolmentStore(session),
      revocation: sqlRevocationList(session, clock),
      replay: sqlReplayGuard(session, clock),
      list: () => using('list the terminals', () => listTerminals(db)),
    }),

    merchants: ({ encryptionKey = [] } = {}) =>
      sqlMerchantStore(session, sealWith(Array.isArray(encryptionKey) ? encryptionKey : [encryptionKey])),

    close() {
      closing ??= Promise.allSettled(underWay).then(release)
      return closing
    },
  }
}
