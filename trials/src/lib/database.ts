import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A database of a run's own on a PostgreSQL server. */
export interface OwnDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

export const createDatabase = async (serverUrl: string): Promise<OwnDatabase> => {
  const admin = new pg.Pool({ connectionString: serverUrl, max: 1 })
  const name = `f2f_trial_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
