import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres } from '@f2f/test-services'
import pg from 'pg'

/** A folder for database files, gone afterwards. */
export const ownFolder = async (): Promise<AsyncDisposable & { readonly path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'f2f-bench-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** A PostgreSQL database of this run's own, dropped afterwards. */
export const ownPostgres = async (): Promise<AsyncDisposable & { readonly url: string; readonly server: string }> => {
  const server = await findPostgres()
  const admin = new pg.Pool({ connectionString: server.url, max: 1 })
  const name = `f2f_bench_${process.pid}_${Math.floor(performance.now())}`
  await admin.query(`create database ${name}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return {
    url: url.href,
    server: server.name,
    async [Symbol.asyncDispose]() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
      await server.stop()
    },
  }
}
