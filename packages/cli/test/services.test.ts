import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { openShop, temporaryFolder } from './support/shop.ts'
import { answerOf, f2f, type Said } from './support/terminal.ts'

const unique = (): string => randomBytes(6).toString('hex')

const levelOf = (said: Said, id: string) =>
  answerOf<{ findings: { id: string; level: string }[] }>(said).findings.find((one) => one.id === id)?.level

describe('on PostgreSQL', () => {
  test('migrate makes the tables, doctor and list see them, and the address stays secret', async () => {
    const admin = new pg.Client({ connectionString: inject('postgresUrl') })
    await admin.connect()
    const name = `f2f_cli_${unique()}`
    await admin.query(`create database ${name}`)
    try {
      const url = new URL(inject('postgresUrl'))
      url.pathname = `/${name}`
      url.password ||= 'not-asked-for'
      const shop = await openShop({}, { storeFile: 'address.txt' })
      writeFileSync(join(shop.dir, 'address.txt'), url.href)
      const doctor = () => shop.run(['doctor', '--json'])
      expect(levelOf(await doctor(), 'migrations')).toBe('error')
      expect(JSON.parse((await shop.run(['list', '--json'])).stderr).error.code).toBe('STORE_SCHEMA_OUTDATED')
      expect(await shop.run(['migrate', '--check'])).toMatchObject({ exit: 1 })
      const migrated = await shop.run(['migrate', '--json'])
      expect(answerOf(migrated)).toEqual({ store: `postgres://${url.host}/${name}`, isCurrent: true })
      const after = await doctor()
      expect([levelOf(after, 'store'), levelOf(after, 'migrations')]).toEqual(['ok', 'ok'])
      expect(migrated.stdout + after.stdout).not.toContain(url.password)
    } finally {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    }
  })
})

describe.runIf(inject('redisUrl') !== '')('with a queue on Redis', () => {
  test('doctor counts its wake-ups', async () => {
    const env = { F2F_QUEUE: inject('redisUrl'), F2F_QUEUE_NAME: `cli-${unique()}` }
    const said = await f2f(['doctor', '--json'], { cwd: temporaryFolder(), env })
    expect(levelOf(said, 'queue')).toBe('ok')
  })
})
