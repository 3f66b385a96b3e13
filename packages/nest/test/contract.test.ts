import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { httpContract, httpShop } from '@f2f/core/testing'
import { NestFactory } from '@nestjs/core'
import { describe, expect, test } from 'vitest'
import { F2fModule } from '../src/index.ts'
import { createApp, PLATFORMS, type Platform } from './nest.ts'

const mounted = (platform: Platform, rawBody: boolean) => async () => {
  const shop = httpShop()
  const { alipay, authenticate, authorisations, reconciliations, terminals } = shop
  const policy = { firstQueryAfter: 200, pollEvery: 200 }
  const controller = { path: 'pay' }
  const imports = [
    F2fModule.forRoot({ alipay, authenticate, terminals, authorisations, reconciliations, policy, controller }),
  ]
  const app = await createApp(platform, { imports }, { rawBody })
  app.setGlobalPrefix('api/v1')
  await app.listen(0, '127.0.0.1')
  return shop.mountedAt(`${await app.getUrl()}/api/v1/pay`, () => app.close())
}

test('the Nest under test is the one this run is named after', async () => {
  const { NEST_CORE = '', NEST_MAJOR } = process.env
  const { version } = JSON.parse(readFileSync(join(dirname(NEST_CORE), 'package.json'), 'utf8')) as { version: string }
  expect(version.split('.')[0]).toBe(NEST_MAJOR)
  const core = (await import(NEST_CORE)) as typeof import('@nestjs/core')
  expect(core.NestFactory).toBe(NestFactory)
})

describe.each(PLATFORMS)('the contract holds on %s', (platform) => {
  for (const { id, name, run } of httpContract(mounted(platform, false), {
    terminals: true,
    reconciliations: true,
    authorisations: true,
  }))
    test(`${id} ${name}`, run)
})

describe.each(PLATFORMS)('with rawBody: true, what the contract says of notifications holds on %s', (platform) => {
  const ofNotifications = httpContract(mounted(platform, true)).filter(({ id }) => /^HT-[56]\d$/.test(id))
  for (const { id, name, run } of ofNotifications) test(`${id} ${name}`, run)
})
