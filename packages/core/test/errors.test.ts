import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES, F2fError, type F2fErrorCode, isF2fError, neverSent } from '../src/index.ts'

const CODES = Object.keys(ERROR_CODES) as F2fErrorCode[]

/** The same module loaded a second time, as when two versions of the package are installed. */
const secondCopy = async (): Promise<typeof import('../src/errors.ts')> => {
  const specifier = '../src/errors.ts?second-copy'
  return await import(/* @vite-ignore */ specifier)
}

describe('what the message says of the money', () => {
  test.each<[F2fErrorCode, boolean | undefined, string]>([
    ['REQUEST_INVALID', undefined, 'Bad. Nothing was sent, no money moved. Correct the field and call again.'],
    [
      'NOT_SENT',
      undefined,
      'Bad. Nothing was sent, no money moved. Check the network and the gateway address, then call again.',
    ],
    [
      'NOT_SENT',
      false,
      'Bad. Nothing was sent, no money moved. Check the network and the gateway address, then call again.',
    ],
    ['UNKNOWN_TIMEOUT', undefined, 'Bad. Money may have moved. Ask Alipay with a query before doing anything else.'],
    ['UNKNOWN_TIMEOUT', true, 'Bad. Money may have moved. Ask Alipay with a query before doing anything else.'],
    [
      'UNKNOWN_TIMEOUT',
      false,
      'Bad. The call itself moves no money. Ask Alipay with a query before doing anything else.',
    ],
    ['CONFIG_INVALID', undefined, 'Bad. Correct the configuration.'],
    ['CONFIG_INVALID', false, 'Bad. Correct the configuration.'],
  ])('%s, moving money: %o', (code, movesMoney, message) => {
    const error = new F2fError(code, 'Bad.', movesMoney === undefined ? {} : { movesMoney })
    expect(error.message).toBe(message)
    expect(error.moneyMayHaveMoved).toBe(code === 'UNKNOWN_TIMEOUT' && movesMoney !== false)
  })
})

describe('every code', () => {
  test.each(CODES)('%s has a status, an advice and a fate that fit together', (code) => {
    const { status, advice, fate, retryable } = ERROR_CODES[code]
    const error = new F2fError(code, 'What happened.')
    expect(error).toMatchObject({ name: 'F2fError', code, retryable, details: {} })
    expect([error.status, error.cause]).toEqual([status, undefined])
    expect(error.message.startsWith('What happened. ')).toBe(true)
    expect(error.message.endsWith(advice)).toBe(true)
    expect(advice).toMatch(/^[A-Z].*\.$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(error.moneyMayHaveMoved).toBe(fate === 'unknown')
    expect(neverSent(error)).toBe(fate === 'never')
  })

  test('says of a request what its name says', () => {
    for (const code of CODES) {
      const { fate } = ERROR_CODES[code]
      if (code.startsWith('REQUEST_') || code === 'NOT_SENT') expect(fate, code).toBe('never')
      if (code.startsWith('UNKNOWN_') || code.startsWith('REPLY_')) expect(fate, code).toBe('unknown')
      if (code.startsWith('CONFIG_') || code.startsWith('NOTIFY_') || code.startsWith('STORE_'))
        expect(fate, code).toBe('none')
    }
  })
})

describe('an error', () => {
  const secret = new Error('private key -----BEGIN')
  const error = new F2fError('UNKNOWN_TIMEOUT', 'No reply.', { details: { outTradeNo: 'T1' }, cause: secret })

  test('written as JSON leaves out its stack and its cause', () => {
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: 'F2fError',
        code: 'UNKNOWN_TIMEOUT',
        message: error.message,
        retryable: true,
        moneyMayHaveMoved: true,
        details: { outTradeNo: 'T1' },
      },
    })
    expect(JSON.stringify(error)).not.toContain('private key')
  })

  test('keeps its cause and its stack for a debugger', () => {
    expect(error.cause).toBe(secret)
    expect(error.stack).toContain('errors.test.ts')
    expect(inspect(error)).toContain('T1')
  })

  test('is an Error', () => {
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toBe(`F2fError: ${error.message}`)
  })
})

describe('another copy of the package', () => {
  test('is recognised, whichever of the two threw and whichever asks', async () => {
    const other = await secondCopy()
    const theirs = new other.F2fError('NOT_SENT', 'No route.')
    const ours = new F2fError('NOT_SENT', 'No route.')
    expect(other.F2fError).not.toBe(F2fError)
    expect(Object.getPrototypeOf(theirs)).not.toBe(F2fError.prototype)
    expect([isF2fError(theirs), theirs instanceof F2fError, neverSent(theirs)]).toEqual([true, true, true])
    expect([other.isF2fError(ours), ours instanceof other.F2fError, other.neverSent(ours)]).toEqual([true, true, true])
  })

  test('may know codes that this one does not: nothing is said of them', async () => {
    const newer = Object.assign(new F2fError('NOT_SENT', 'No route.'), { code: 'OF_A_LATER_VERSION' })
    expect([isF2fError(newer), neverSent(newer)]).toEqual([true, false])
  })

  test('is told from everything else', () => {
    const others = [new Error('x'), { code: 'NOT_SENT', name: 'F2fError' }, null, undefined, 'NOT_SENT', 7, () => 'x']
    for (const other of others) {
      expect([isF2fError(other), (other as object) instanceof F2fError, neverSent(other)]).toEqual([
        false,
        false,
        false,
      ])
    }
  })

  test('is still known after the error was copied member by member: the brand is not a member', () => {
    expect(isF2fError({ ...new F2fError('NOT_SENT', 'No route.') })).toBe(false)
    expect(Object.keys(new F2fError('NOT_SENT', 'No route.'))).not.toContain('@f2f/error')
  })
})
