import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openShop } from './support/shop.ts'
import { answerOf, type Said } from './support/terminal.ts'

const stoppedJson = { code: 'INTERRUPTED', exitCode: 130, moneyMayHaveMoved: false }

describe('Ctrl-C before anything is known', async () => {
  const shop = await openShop()

  const stopped = async (line: readonly string[], isNow: (request: unknown) => boolean): Promise<Said> => {
    const interruption = new AbortController()
    const watched: typeof fetch = (input, init) => {
      if (isNow(input)) interruption.abort()
      return fetch(input, init)
    }
    return shop.run([...line, '--json'], { signal: interruption.signal, fetch: watched })
  }

  test('doctor finds nothing wrong with what it did not look at', async () => {
    const said = await stopped(['doctor'], () => true)
    expect(said).toMatchObject({ exit: 130, stdout: '' })
    expect(JSON.parse(said.stderr).error).toMatchObject(stoppedJson)
  })

  test('bill', async () => {
    const said = await stopped(['bill', '2026-01-01'], () => true)
    expect(said).toMatchObject({ exit: 130, stdout: '' })
    expect(JSON.parse(said.stderr).error).toMatchObject(stoppedJson)
  })

  test.each([['simulator'], ['sandbox']])('accept on the %s plays no more and writes no report', async (target) => {
    const before = readdirSync(shop.dir)
    const said = await shop.run(['accept', '--target', target, '--json'], { signal: AbortSignal.abort() })
    expect(said).toMatchObject({ exit: 130, stdout: '' })
    expect(readdirSync(shop.dir)).toEqual(before)
  })

  test('pay, while it waits for a code', async () => {
    const said = await shop.run(['pay', '1.00', '--json'], { signal: AbortSignal.abort() })
    expect(said).toMatchObject({ exit: 130, stdout: '' })
    expect(JSON.parse(said.stderr).error).toMatchObject(stoppedJson)
  })
})

test('Ctrl-C on a payment that goes on is not known, not stopped', async () => {
  const shop = await openShop({ confirmAfter: 500 })
  const interruption = new AbortController()
  await shop.run(['qr', '1.00', '--no-wait', '--out-trade-no', 'Q1'])
  const watching = shop.run(['watch', 'Q1', '--lang', 'en'], {
    signal: interruption.signal,
    onOutput: () => interruption.abort(),
  })
  const said = await watching
  expect(said).toMatchObject({ exit: 3, stderr: expect.stringContaining('f2f watch Q1') })
  expect(answerOf<{ payments: unknown[] }>(await shop.run(['list', '--unfinished', '--json'])).payments).toHaveLength(1)
})
