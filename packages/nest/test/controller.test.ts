import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Authenticate, Principal } from '@f2f/core/http'
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  type INestApplication,
  Inject,
  Injectable,
  type ModuleMetadata,
  type NestApplicationOptions,
  Post,
  Scope,
  SetMetadata,
} from '@nestjs/common'
import { APP_GUARD, REQUEST, Reflector } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { describe, expect, test } from 'vitest'
import { Cashier, nestRequest } from '../src/index.ts'
import { createApp, forRoot, listen, notification, notify, order, PLATFORMS, post, till } from './nest.ts'

/** Lets in who brings the word, and keeps what it has seen. */
@Injectable()
class WordGuard implements CanActivate {
  static seen: Record<string, unknown>[] = []

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: unknown }>()
    WordGuard.seen.push({ ...request.headers })
    request.user = { scopes: ['pay'], storeId: 'FROM-GUARD' }
    return request.headers['x-word'] === 'sesame'
  }
}

@Controller('other')
class OtherController {
  @Post('echo')
  echo(@Body() body: unknown): unknown {
    return { got: body }
  }

  @Get('pay')
  look(): string {
    return 'mine'
  }
}

const WORD = { 'x-word': 'sesame' }

describe.each(PLATFORMS)('on %s', (platform) => {
  const controller = { path: 'pay' }
  const started = async (
    options: Parameters<typeof forRoot>[0],
    more: ModuleMetadata = {},
    prepare: (app: INestApplication) => void = () => undefined,
    appOptions: NestApplicationOptions = {},
  ) => {
    const app = await createApp(platform, { ...more, imports: [forRoot(options)] }, appOptions)
    prepare(app)
    return { app, url: await listen(app) }
  }
  const waiting = async (app: INestApplication) => {
    const { outTradeNo } = await app.get(Cashier).start(await order('waits'))
    return outTradeNo
  }

  test('there is no controller unless it is asked for', async () => {
    const { url } = await started({})
    expect((await fetch(`${url}/pay/health`)).status).toBe(404)
  })

  test('other controllers keep their parsed bodies and their paths', async () => {
    const { url } = await started({ controller }, { controllers: [OtherController] })
    const echoed = await post(`${url}/other/echo`, { pay: 1 })
    expect(await echoed.json()).toEqual({ got: { pay: 1 } })
    const form = await fetch(`${url}/other/echo`, { method: 'POST', body: new URLSearchParams({ notify: '1' }) })
    expect(await form.json()).toEqual({ got: { notify: '1' } })
    expect(await (await fetch(`${url}/other/pay`)).text()).toBe('mine')
  })

  test.each(['pay', '/pay/', 'shop/pay-v1.0'])('the path may be %s', async (path) => {
    const { url } = await started({ controller: { path } })
    expect((await fetch(`${url}/${path.replace(/^\/|\/$/g, '')}/health`)).status).toBe(200)
  })

  test.each(['', '/', 'a//b', ':tenant/pay', 'pay/*', '../pay', 'a b'])('the path may not be %j', (path) => {
    expect(() => forRoot({ controller: { path } })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        details: expect.objectContaining({ field: 'controller.path' }),
      }),
    )
  })

  test('it needs to be told who calls', async () => {
    const starting = started({ controller, authenticate: undefined })
    await expect(starting).rejects.toMatchObject({ code: 'CONFIG_INVALID', details: { field: 'authenticate' } })
  })

  describe('guards', () => {
    const guarded = { controller: { path: 'pay', guards: [WordGuard] } }

    test('stand before every route, in the way of the framework', async () => {
      const { url } = await started(guarded)
      for (const path of ['/payments', '/health', '/openapi.json', '/nothing']) {
        const refused = await fetch(`${url}/pay${path}`)
        expect([refused.status, await refused.json()]).toMatchObject([403, { message: 'Forbidden resource' }])
      }
      expect((await post(`${url}/pay/payments`, await order())).status).toBe(403)
      expect((await fetch(`${url}/pay/notify`)).status).toBe(403)
      expect((await fetch(`${url}/pay/health`, { headers: WORD })).status).toBe(200)
      expect((await post(`${url}/pay/payments`, await order(), WORD)).status).toBe(201)
    })

    test('do not stand in the way of notifications', async () => {
      const { app, url } = await started(guarded)
      const outTradeNo = await waiting(app)
      expect(await (await notify(`${url}/pay/notify`, outTradeNo)).text()).toBe('success')
      expect((await app.get(Cashier).find(outTradeNo))?.status).toBe('paid')
    })

    test.each([
      '/pay/notify/',
      '/pay/notify/../payments',
      '/pay/notify//payments',
      '/pay/notify;/payments',
      '/pay/notify%2f..%2fpayments',
      '/pay/notify%3f/payments',
      '/pay/%6eotify',
      '/pay/NOTIFY',
    ])('are not passed by %s', async (path) => {
      const { url } = await started(guarded)
      const headers = { ...(await till.headersFor({ scopes: ['pay'] })), 'content-type': 'application/json' }
      const asked = request({ method: 'POST', host: '127.0.0.1', port: new URL(url).port, path, headers })
      asked.end(JSON.stringify(await order()))
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      response.resume()
      expect([400, 403, 404]).toContain(response.statusCode)
    })

    test('see the headers as they were sent', async () => {
      const { url } = await started(guarded)
      WordGuard.seen = []
      const response = await post(`${url}/pay/payments`, await order(), WORD)
      expect(response.status).toBe(201)
      expect(WordGuard.seen).toMatchObject([
        { 'content-type': 'application/json', 'content-length': expect.stringMatching(/^\d+$/) },
      ])
    })

    test('can leave word of the caller for authenticate', async () => {
      const authenticate: Authenticate = (request) => nestRequest<{ user: Principal }>(request)?.user
      const { url } = await started({ ...guarded, authenticate })
      const response = await post(`${url}/pay/payments`, await order(), { ...WORD, authorization: '' })
      expect([response.status, await response.json()]).toMatchObject([201, { storeId: 'FROM-GUARD' }])
    })

    test('may need the request to be made', async () => {
      @Injectable({ scope: Scope.REQUEST })
      class RequestGuard implements CanActivate {
        readonly request: { readonly headers: Readonly<Record<string, string>> }
        constructor(@Inject(REQUEST) request: { readonly headers: Readonly<Record<string, string>> }) {
          this.request = request
        }
        canActivate(): boolean {
          return this.request.headers['x-word'] === 'sesame'
        }
      }
      const { url } = await started({ controller: { path: 'pay', guards: [RequestGuard] } })
      expect((await fetch(`${url}/pay/health`)).status).toBe(403)
      expect((await fetch(`${url}/pay/health`, { headers: WORD })).status).toBe(200)
    })

    test('of the whole application can be told to leave the controller alone', async () => {
      const Public = () => SetMetadata('public', true)
      @Injectable()
      class GlobalGuard implements CanActivate {
        readonly reflector: Reflector
        constructor(@Inject(Reflector) reflector: Reflector) {
          this.reflector = reflector
        }
        canActivate(context: ExecutionContext): boolean {
          return this.reflector.get<boolean>('public', context.getClass()) === true
        }
      }
      const providers = [{ provide: APP_GUARD, useClass: GlobalGuard }]
      const closed = await started({ controller }, { providers, controllers: [OtherController] })
      const blocked = await notify(`${closed.url}/pay/notify`, await waiting(closed.app))
      expect(blocked.status).toBe(403)
      const open = { path: 'pay', decorators: [Public()] }
      const { app, url } = await started({ controller: open }, { providers, controllers: [OtherController] })
      expect(await (await notify(`${url}/pay/notify`, await waiting(app))).text()).toBe('success')
      expect((await fetch(`${url}/other/pay`)).status).toBe(403)
    })
  })

  test('the global prefix can leave out the notifications, or all of it', async () => {
    const prefixed = (exclude: string[]) =>
      started({ controller }, {}, (app) => app.setGlobalPrefix('api', { exclude }))
    const some = await prefixed(['pay/notify'])
    expect(await (await notify(`${some.url}/pay/notify`, await waiting(some.app))).text()).toBe('success')
    expect((await post(`${some.url}/api/pay/payments`, await order())).status).toBe(201)
    const all = await prefixed(['pay/notify', 'pay/{*path}', 'pay/(.*)'])
    expect((await post(`${all.url}/pay/payments`, await order())).status).toBe(201)
  })

  test('versions of an application do not move it', async () => {
    const { url } = await started({ controller }, {}, (app) => void app.enableVersioning())
    expect((await fetch(`${url}/pay/health`)).status).toBe(200)
  })

  test('CORS of the application holds for it', async () => {
    const { url } = await started({ controller }, {}, (app) => app.enableCors({ origin: 'https://till.test' }))
    const asked = await fetch(`${url}/pay/health`, { headers: { origin: 'https://till.test' } })
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://till.test')
    const preflight = await fetch(`${url}/pay/payments`, {
      method: 'OPTIONS',
      headers: { origin: 'https://till.test', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
  })

  describe('a body the parsers were not kept away from', () => {
    /** Asks as proxies are asked: with the whole address, which is not known as ours before Nest has routed it. */
    const notified = async (rawBody: boolean): Promise<readonly [number | undefined, string]> => {
      const { app, url } = await started({ controller, onProblem: () => undefined }, {}, undefined, { rawBody })
      const { body, ...init } = await notification(await waiting(app))
      const asked = request({ ...init, host: '127.0.0.1', port: new URL(url).port, path: `${url}/pay/notify` })
      asked.end(body)
      const [response] = (await once(asked, 'response')) as [IncomingMessage]
      return [response.statusCode, await text(response)]
    }

    test('is taken when the application was made with rawBody: true', async () => {
      expect(await notified(true)).toEqual([200, 'success'])
    })

    test('is refused by an error that names the mending otherwise', async () => {
      expect(await notified(false)).toEqual([500, expect.stringMatching(/"NOTIFY_BODY_PARSED".*raw bytes/)])
    })
  })

  test('a body that somebody has read is refused by an error that names the mending', async () => {
    const problems: unknown[] = []
    const onProblem = (error: unknown) => void problems.push(error)
    const { app, url } = await started({ controller, onProblem }, {}, (made) => {
      made.use(async (req: AsyncIterable<unknown>, _res: unknown, next: () => void) => {
        for await (const _ of req);
        next()
      })
    })
    const notified = await notify(`${url}/pay/notify`, await waiting(app))
    expect([notified.status, await notified.json()]).toMatchObject([500, { code: 'NOTIFY_BODY_PARSED' }])
    const begun = await post(`${url}/pay/payments`, await order())
    expect([begun.status, await begun.json()]).toMatchObject([
      500,
      { code: 'HTTP_BODY_CONSUMED', detail: expect.stringContaining('rawBody: true') },
    ])
    expect(problems).toMatchObject([{ code: 'NOTIFY_BODY_PARSED' }, { code: 'HTTP_BODY_CONSUMED' }])
  })
})

test("Fastify's inject reaches it", async () => {
  const app = (await createApp('fastify', {
    imports: [forRoot({ controller: { path: 'pay' } })],
  })) as NestFastifyApplication
  await listen(app)
  const { authorization } = await till.headersFor({ scopes: ['pay'] })
  const response = await app.inject({
    method: 'POST',
    url: '/pay/payments',
    headers: { authorization: String(authorization) },
    payload: await order(),
  })
  expect([response.statusCode, response.json()]).toMatchObject([201, { totalAmount: '1.00' }])
})
