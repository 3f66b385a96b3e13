import { F2fError } from '@f2f/core'
import { Logger } from '@nestjs/common'
import { afterEach, expect, test, vi } from 'vitest'
import { logProblem } from '../src/problems.ts'

afterEach(() => void vi.restoreAllMocks())

const LEVELS = ['error', 'warn', 'debug'] as const

test.each([
  ['a fault of this side', new F2fError('STORE_UNAVAILABLE', 'The disk is gone.'), 'error'],
  ['what nobody planned for', new TypeError('x is not a function'), 'error'],
  ['what is no error', 'oops', 'error'],
  ['a refusal', new F2fError('NOTIFY_AMOUNT_MISMATCH', 'Another amount.'), 'warn'],
  ['what any stranger can cause', new F2fError('HTTP_BODY_TOO_LARGE', 'Too long.'), 'debug'],
  ['a wait that the end of the application cut', new F2fError('WAIT_CASHIER_CLOSED', 'Closed.'), 'debug'],
  ['an order that came while it ended', new F2fError('CASHIER_CLOSED', 'Closed.'), 'debug'],
] as const)('%s is logged at its level', (_, error, level) => {
  const spies = LEVELS.map((name) => vi.spyOn(Logger.prototype, name).mockImplementation(() => undefined))
  logProblem(error, 'getPayment')
  expect(LEVELS.filter((_level, index) => spies[index]?.mock.calls.length === 1)).toEqual([level])
})
