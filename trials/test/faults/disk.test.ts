import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sqliteStore } from '@f2f/sql'
import { expect, test } from 'vitest'
import { openTraffic } from '../../src/faults/traffic.ts'

/** A disk of its own size, or undefined where one cannot be made (needs root on Linux). */
const smallDisk = (folder: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk: payments are refused before anything is sent, and go on when there is room', {
  timeout: 120_000,
}, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-disk-'))
  if (!smallDisk(folder)) return context.skip('a small disk cannot be mounted here: needs root on Linux')
  try {
    const store = sqliteStore(join(folder, 'payments.db'))
    const traffic = await openTraffic(store, undefined, 41)
    traffic.start()
    await pause(700)
    const ballast = join(folder, 'ballast')
    await writeFile(ballast, Buffer.alloc(1 << 25)).catch(() => undefined)
    const refused = { outTradeNo: 'REFUSED', authCode: '281234567890123400', totalAmount: '1.00', subject: 'tea' }
    const starting = traffic.cashier.start(refused)
    await expect(starting).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', moneyMayHaveMoved: false })
    await pause(1_000)
    await rm(ballast)
    await pause(1_000)
    const { payments, wrong } = await traffic.finish()
    await traffic.close()
    expect(wrong).toEqual([])
    expect(traffic.surprises).toEqual([])
    expect([...traffic.refusals.keys()].filter((code) => code !== 'STORE_UNAVAILABLE')).toEqual([])
    expect(await store.find('REFUSED')).toBeUndefined()
    expect(payments).toBeGreaterThan(5)
    await store.close()
  } finally {
    // Lazily: a process that another test is just starting may still hold it.
    execFileSync('umount', ['--lazy', folder])
    await rm(folder, { recursive: true, force: true })
  }
})
