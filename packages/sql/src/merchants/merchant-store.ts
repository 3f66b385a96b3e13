import type { AuthorisedMerchant, MerchantStore, OpenAuthorisation } from '@f2f/core'
import type { Selectable } from 'kysely'
import { maybeMs, readInstant, readMaybeInstant, readText } from '../rows/values.ts'
import type { AuthorisationTable, MerchantTable } from '../schema/tables.ts'
import { type Session, unlessTaken, wrote } from '../session.ts'
import type { Seal } from './seal.ts'

type Tokens = Pick<AuthorisedMerchant, 'appAuthToken' | 'appRefreshToken'>

/** Whose tokens they are is part of the seal, so that no row's tokens can be put into another. */
const placeOf = (merchantId: string, sellerId: string): string => JSON.stringify([merchantId, sellerId])

const merchantRow = (merchant: AuthorisedMerchant, seal: Seal) => {
  const { merchantId, version, appAuthToken, appRefreshToken, sellerId, authAppId, authorisedAt } = merchant
  const tokens: Tokens = { appAuthToken, appRefreshToken }
  return {
    merchant_id: merchantId,
    version,
    tokens: seal.close(JSON.stringify(tokens), placeOf(merchantId, sellerId)),
    seller_id: sellerId,
    auth_app_id: authAppId ?? null,
    authorised_at: authorisedAt.getTime(),
    refresh_before: maybeMs(merchant.refreshBefore),
  }
}

const readTokens = (row: Selectable<MerchantTable>, seal: Seal): Tokens => {
  const stored = JSON.parse(seal.open(row.tokens, placeOf(row.merchant_id, row.seller_id))) as Partial<Tokens>
  return { appAuthToken: stored.appAuthToken, appRefreshToken: stored.appRefreshToken }
}

const readMerchant = (row: Selectable<MerchantTable>, seal: Seal): AuthorisedMerchant => ({
  ...readTokens(row, seal),
  merchantId: row.merchant_id,
  version: Number(row.version),
  sellerId: row.seller_id,
  authAppId: readText(row.auth_app_id),
  authorisedAt: readInstant(row.authorised_at),
  refreshBefore: readMaybeInstant(row.refresh_before),
})

const readAuthorisation = (row: Selectable<AuthorisationTable>): OpenAuthorisation => ({
  stateHash: row.state_hash,
  merchantId: row.merchant_id,
  openedAt: readInstant(row.opened_at),
  expiresAt: readInstant(row.expires_at),
})

export const sqlMerchantStore = ({ db, dialect, atomically, using }: Session, seal: Seal): MerchantStore => ({
  open: ({ stateHash, merchantId, openedAt, expiresAt }) =>
    using('open an authorisation', async () => {
      await db.deleteFrom('f2f_authorisations').where('expires_at', '<=', openedAt.getTime()).execute()
      const row = {
        state_hash: stateHash,
        merchant_id: merchantId,
        opened_at: openedAt.getTime(),
        expires_at: expiresAt.getTime(),
      }
      await db.insertInto('f2f_authorisations').values(row).execute()
    }),

  take: (stateHash) =>
    using('take an authorisation', () =>
      atomically(async (connection) => {
        const query = connection.selectFrom('f2f_authorisations').selectAll().where('state_hash', '=', stateHash)
        const row = await query.executeTakeFirst()
        const gone = connection.deleteFrom('f2f_authorisations').where('state_hash', '=', stateHash)
        return row !== undefined && (await wrote(connection, gone.compile())) ? readAuthorisation(row) : undefined
      }),
    ),

  find: (merchantId) =>
    using('find a merchant', async () => {
      const query = db.selectFrom('f2f_merchants').selectAll().where('merchant_id', '=', merchantId)
      const row = await query.executeTakeFirst()
      return row && readMerchant(row, seal)
    }),

  expiring: (before) =>
    using('look for tokens to renew', async () => {
      const query = db.selectFrom('f2f_merchants').select('merchant_id').where('refresh_before', '<', before.getTime())
      return (await query.orderBy('refresh_before').execute()).map(({ merchant_id }) => merchant_id)
    }),

  put: (merchant, expectedVersion) =>
    using('keep a merchant', () => {
      const { merchant_id, ...values } = merchantRow(merchant, seal)
      if (expectedVersion === 0)
        return wrote(db, unlessTaken(db.insertInto('f2f_merchants').values({ merchant_id, ...values }), dialect))
      const update = db.updateTable('f2f_merchants').set(values).where('merchant_id', '=', merchant_id)
      return wrote(db, update.where('version', '=', expectedVersion).compile())
    }),
})
