import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { DialectName } from '../../dialect.ts'
import type { Tables } from '../tables.ts'

export interface Index {
  readonly name: string
  readonly columns: readonly string[]
  /** Rows it holds, where a database can index a part of a table. */
  readonly where?: string
}

/** At most 64 characters that compare byte by byte: `a1` is not `A1`, and they sort as JavaScript sorts them. */
export const exactText = (dialect: DialectName) =>
  dialect === 'postgres' ? sql<string>`varchar(64) collate "C"` : sql<string>`varchar(64)`

/** MySQL cannot take a table back when an index fails, so there a table and its indices are one statement. */
export const createWithIndices = async <C extends string>(
  db: Kysely<Tables>,
  dialect: DialectName,
  name: string,
  table: CreateTableBuilder<string, C>,
  indices: readonly Index[],
): Promise<void> => {
  if (dialect === 'mysql') {
    const inline = indices.reduce((builder, index) => builder.addIndex(index.name, index.columns as C[]), table)
    await inline.modifyEnd(sql`engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`).execute()
    return
  }
  await table.execute()
  for (const index of indices) {
    const create = db.schema
      .createIndex(index.name)
      .ifNotExists()
      .on(name)
      .columns([...index.columns])
    await (index.where === undefined ? create : create.where(sql<boolean>`${sql.raw(index.where)}`)).execute()
  }
}
