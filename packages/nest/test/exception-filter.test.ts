import { F2fError, type F2fErrorCode } from '@f2f/core'
import { type ArgumentsHost, Controller, Get, Param } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { describe, expect, test } from 'vitest'
import { type Cashier, F2fExceptionFilter, InjectCashier } from '../src/index.ts'
import { createApp, forRoot, listen, PLATFORMS } from './nest.ts'

@Controller('desk')
class Desk {
  readonly cashier: Cashier
  constructor(@InjectCashier() cashier: Cashier) {
    this.cashier = cashier
  }

  @Get('cancel/:outTradeNo')
  async cancel(@Param('outTradeNo') outTradeNo: string): Promise<unknown> {
    return this.cashier.cancel(outTradeNo)
  }

  @Get('fail/:code')
  fail(@Param('code') code: F2fErrorCode): never {
    throw new F2fError(code, 'So it is.', { details: { field: 'outTradeNo', rule: 'is strange' } })
  }

  @Get('crash')
  crash(): never {
    throw new Error('a secret')
  }
}

describe.each(PLATFORMS)('on %s, the exception filter', (platform) => {
  const started = async () => {
    const providers = [{ provide: APP_FILTER, useClass: F2fExceptionFilter }]
    return listen(await createApp(platform, { imports: [forRoot()], controllers: [Desk], providers }))
  }

  test.each([
    ['cancel/T404', 404, 'PAYMENT_NOT_FOUND'],
    ['fail/REQUEST_INVALID', 400, 'REQUEST_INVALID'],
    ['fail/PAYMENT_CONFLICT', 409, 'PAYMENT_CONFLICT'],
    ['fail/STORE_UNAVAILABLE', 503, 'STORE_UNAVAILABLE'],
    ['fail/UNKNOWN_TIMEOUT', 504, 'UNKNOWN_TIMEOUT'],
  ])('answers %s as a problem with status %i', async (path, status, code) => {
    const response = await fetch(`${await started()}/desk/${path}`)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { type: `urn:f2f:error:${code}`, status, code, detail: expect.any(String), retryable: status > 500 },
    ])
  })

  test.each([
    ['AUTH_REQUIRED', 'www-authenticate', 'Bearer'],
    ['STORE_UNAVAILABLE', 'retry-after', '1'],
    ['REQUEST_INVALID', 'cache-control', 'no-store'],
  ])('answers %s with the header %s', async (code, header, value) => {
    expect((await fetch(`${await started()}/desk/fail/${code}`)).headers.get(header)).toBe(value)
  })

  test('leaves other errors to others', async () => {
    const response = await fetch(`${await started()}/desk/crash`)
    expect([response.status, await response.json()]).toEqual([
      500,
      { statusCode: 500, message: 'Internal server error' },
    ])
  })
})

test('outside HTTP the error passes on', async () => {
  const app = await createApp('express', { imports: [forRoot()], providers: [F2fExceptionFilter] })
  await listen(app)
  const error = new F2fError('PAYMENT_NOT_FOUND', 'There is none.')
  const host = { getType: () => 'rpc' } as ArgumentsHost
  expect(() => app.get(F2fExceptionFilter).catch(error, host)).toThrow(error)
})
