import { generateKeyPairSync } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  Alipay,
  Cashier,
  F2fModule,
  type F2fModuleOptions,
  type F2fOptionsFactory,
  getAlipayToken,
  InjectAlipay,
  InjectCashier,
} from '../src/index.ts'
import { appModule, forRoot, OPTIONS, pay, shop, startContext } from './nest.ts'

@Injectable()
class Shop {
  readonly cashier: Cashier
  readonly alipay: Alipay

  constructor(@InjectCashier() cashier: Cashier, @InjectAlipay() alipay: Alipay) {
    this.cashier = cashier
    this.alipay = alipay
  }
}

@Injectable()
class Options implements F2fOptionsFactory {
  createF2fOptions(): F2fModuleOptions {
    return OPTIONS
  }
}

const OptionsModule = appModule({ providers: [Options], exports: [Options] })

describe.each([
  ['forRoot', () => F2fModule.forRoot(OPTIONS)],
  ['forRootAsync with useFactory', () => F2fModule.forRootAsync({ useFactory: async () => OPTIONS })],
  [
    'forRootAsync with useFactory and inject',
    () =>
      F2fModule.forRootAsync({
        imports: [OptionsModule],
        inject: [Options],
        useFactory: (options: Options) => options.createF2fOptions(),
      }),
  ],
  ['forRootAsync with useClass', () => F2fModule.forRootAsync({ useClass: Options })],
  ['forRootAsync with useExisting', () => F2fModule.forRootAsync({ imports: [OptionsModule], useExisting: Options })],
])('%s', (_, f2f) => {
  test('gives a cashier and its client, by decorators and by class', async () => {
    const app = await startContext({ imports: [f2f()], providers: [Shop] })
    const { cashier, alipay } = app.get(Shop)
    expect(cashier).toBe(app.get(Cashier))
    expect(alipay).toBe(app.get(Alipay))
    expect(alipay).toBe(shop.alipay)
    expect((await pay(app)).status).toBe('paid')
  })
})

describe('isGlobal', () => {
  const Feature = () => appModule({ providers: [Shop] })

  test('lets every module inject the cashier', async () => {
    const app = await startContext({ imports: [forRoot({ isGlobal: true }), Feature()] })
    expect(app.get(Shop, { strict: false }).cashier).toBe(app.get(Cashier))
  })

  test('is off when nothing is said', async () => {
    await expect(startContext({ imports: [forRoot(), Feature()] })).rejects.toThrow(/resolve dependencies of the Shop/)
  })
})

describe('clients', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { publicKey: alipayPublicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const clients = {
    'merchant-a': shop.alipay.withAuth('token-of-a'),
    'merchant-b': { appId: '2021000000000009', privateKey, alipayPublicKey },
    'merchant-c': { appAuthToken: 'token-of-c' },
  }

  @Injectable()
  class Merchants {
    readonly clients: readonly Alipay[]

    constructor(
      @InjectAlipay('merchant-a') a: Alipay,
      @InjectAlipay('merchant-b') b: Alipay,
      @InjectAlipay('merchant-c') c: Alipay,
    ) {
      this.clients = [a, b, c]
    }
  }

  const clientNames = Object.keys(clients)

  test.each([
    ['forRoot', () => forRoot({ clients })],
    ['forRootAsync', () => F2fModule.forRootAsync({ clientNames, useFactory: () => ({ ...OPTIONS, clients }) })],
  ])('are injected by name with %s: given, made of options, acting for a merchant', async (_, f2f) => {
    const app = await startContext({ imports: [f2f()], providers: [Merchants] })
    const [a, b, c] = app.get(Merchants).clients
    expect(a).toBe(clients['merchant-a'])
    expect(b?.appId).toBe('2021000000000009')
    expect(c).toMatchObject({ appId: shop.alipay.appId, pay: expect.any(Function) })
    expect(new Set([a, b, c, app.get(Alipay)]).size).toBe(4)
    expect(app.get(getAlipayToken('merchant-b'))).toBe(b)
  })

  test.each([
    ['is missing', ['merchant-d'], 'clients.merchant-d is missing'],
    ['is not named beforehand', [], 'clients.merchant-a must be listed in clientNames'],
  ])('stop the application when one %s', async (_, names, message) => {
    const f2f = F2fModule.forRootAsync({
      clientNames: names,
      useFactory: () => ({ ...OPTIONS, clients: names.length === 0 ? clients : {} }),
    })
    const starting = startContext({ imports: [f2f] })
    await expect(starting).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining(message) })
  })

  test('made of a bad key stop the application with the code of createAlipay', async () => {
    const alipay = { appId: '2021000000000009', privateKey: 'no key', alipayPublicKey }
    await expect(startContext({ imports: [F2fModule.forRoot({ alipay })] })).rejects.toMatchObject({
      code: 'CONFIG_KEY_INVALID',
    })
  })
})

describe('Cashier and Alipay', () => {
  test('are only tokens: nobody constructs them', () => {
    for (const Token of [Cashier, Alipay]) {
      expect(() => new Token()).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    }
    expect([Cashier.name, Alipay.name]).toEqual(['Cashier', 'Alipay'])
  })

  test('can be replaced in a test of an application', async () => {
    const cashier = { recover: async () => 0, close: async () => undefined }
    const module = await Test.createTestingModule({ imports: [forRoot()], providers: [Shop] })
      .overrideProvider(Cashier)
      .useValue(cashier)
      .compile()
    onTestFinished(() => module.close())
    expect(module.get(Shop).cashier).toBe(cashier)
  })
})
