import { F2fError, memoryStore, timerWakeups } from '@f2f/core'
import { Controller, Get, Inject } from '@nestjs/common'
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { describe, expect, test } from 'vitest'
import { F2fHealthIndicator } from '../src/index.ts'
import { createApp, forRoot, listen, PLATFORMS, pay, startContext } from './nest.ts'

@Controller('health')
class HealthController {
  readonly health: HealthCheckService
  readonly f2f: F2fHealthIndicator

  constructor(
    @Inject(HealthCheckService) health: HealthCheckService,
    @Inject(F2fHealthIndicator) f2f: F2fHealthIndicator,
  ) {
    this.health = health
    this.f2f = f2f
  }

  @Get()
  @HealthCheck()
  check(): Promise<unknown> {
    return this.health.check([() => this.f2f.isHealthy('payments')])
  }
}

const fail = (): never => {
  throw new F2fError('STORE_UNAVAILABLE', 'The disk is gone.')
}

const checked = async (options: Parameters<typeof forRoot>[0]): Promise<unknown> => {
  const app = await startContext({ imports: [forRoot(options)] })
  await pay(app)
  return app.get(F2fHealthIndicator).isHealthy('payments')
}

describe('the health indicator', () => {
  test('is up with what it knows of the store, the wake-ups and Alipay', async () => {
    const wakeups = { ...timerWakeups(), health: async () => undefined }
    expect(await checked({ wakeups })).toEqual({
      payments: {
        status: 'up',
        store: { status: 'ok', unfinished: expect.any(Number), needsAttention: 0 },
        queue: { status: 'ok' },
        alipay: { lastVerifiedReplyAt: expect.stringMatching(/Z$/) },
      },
    })
  })

  test('is down when the wake-ups fail', async () => {
    const wakeups = { ...timerWakeups(), health: fail }
    expect(await checked({ wakeups, onProblem: () => undefined })).toMatchObject({
      payments: { status: 'down', queue: { status: 'failing', code: 'STORE_UNAVAILABLE' }, store: { status: 'ok' } },
    })
  })
})

describe.each(PLATFORMS)('behind Terminus on %s', (platform) => {
  test('it tells when the store fails, and when it is back', async () => {
    const store = memoryStore()
    let isBroken = false
    const list: typeof store.list = (filter) => (isBroken ? fail() : store.list(filter))
    const f2f = forRoot({ store: { ...store, list }, onProblem: () => undefined })
    const app = await createApp(platform, { imports: [f2f, TerminusModule], controllers: [HealthController] })
    const url = `${await listen(app)}/health`
    expect(await (await fetch(url)).json()).toMatchObject({ status: 'ok', info: { payments: { status: 'up' } } })
    isBroken = true
    const broken = await fetch(url)
    expect([broken.status, await broken.json()]).toMatchObject([
      503,
      { status: 'error', error: { payments: { status: 'down', store: { code: 'STORE_UNAVAILABLE' } } } },
    ])
    isBroken = false
    expect((await fetch(url)).status).toBe(200)
  })
})
