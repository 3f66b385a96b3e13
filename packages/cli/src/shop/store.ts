import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SqlStore } from '@f2f/sql'
import type { Settings } from '../config/settings.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'

export type StoreKind = 'sqlite' | 'postgres' | 'mysql'

/** Where payments are kept, as it may be shown: without user and password. */
export interface StorePlace {
  readonly kind: StoreKind
  /** The file, or the address. May hold a password. */
  readonly address: string
  readonly shown: string
  /** False when nobody named it: it is the command's own. */
  readonly isNamed: boolean
}

const OWN = 'sqlite:f2f-payments.db'

const shownUrl = (address: string): string => {
  if (!URL.canParse(address))
    throw new Problem('CONFIG', text('store 不是有效的地址。', 'store is not an address that can be read.'))
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}${pathname}`
}

/** @throws Problem `CONFIG` */
export const storePlace = async (settings: Settings): Promise<StorePlace> => {
  const named = await settings.address('store')
  const address = named ?? OWN
  const isNamed = named !== undefined
  if (address.startsWith('sqlite:')) {
    const path = resolve(settings.baseOf('store'), address.slice('sqlite:'.length))
    return { kind: 'sqlite', address: path, shown: `sqlite:${path}`, isNamed }
  }
  if (/^postgres(ql)?:/.test(address)) return { kind: 'postgres', address, shown: shownUrl(address), isNamed }
  if (/^(mysql|mariadb):/.test(address)) return { kind: 'mysql', address, shown: shownUrl(address), isNamed }
  throw new Problem(
    'CONFIG',
    text('store 必须以 sqlite:、postgres:// 或 mysql:// 开头。', 'store starts with sqlite:, postgres:// or mysql://.'),
  )
}

/** @param migrate - whether tables are made when first used; default only for SQLite */
export const openStore = async ({ kind, address }: StorePlace, migrate?: boolean): Promise<SqlStore> => {
  const { mysqlStore, postgresStore, sqliteStore } = await import('@f2f/sql')
  if (kind === 'sqlite') return sqliteStore({ path: address, migrate })
  return kind === 'postgres'
    ? postgresStore({ url: address, migrate, maxConnections: 2 })
    : mysqlStore({ url: address.replace(/^mariadb:/, 'mysql:'), migrate, maxConnections: 2 })
}

/** Whether there is something to open: opening a SQLite file that is not there would make it. */
export const isThere = ({ kind, address }: StorePlace): Promise<boolean> =>
  kind === 'sqlite'
    ? access(address).then(
        () => true,
        () => false,
      )
    : Promise.resolve(true)
