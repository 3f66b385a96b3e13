import 'reflect-metadata'
import { type HttpShop, httpShop } from '@f2f/core/testing'
import { type INestApplication, Module, type ModuleMetadata, type NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { onTestFinished } from 'vitest'
import { Cashier, F2fModule, type F2fModuleExtras, type F2fModuleOptions } from '../src/index.ts'

export const PLATFORMS = ['express', 'fastify'] as const
export type Platform = (typeof PLATFORMS)[number]

/** The shop every test of this process has: its Alipay never fails. */
export const shop: HttpShop = httpShop()

/** How to pay, and who pays, at the shop's Alipay. */
export const till = shop.mountedAt('', async () => undefined)

/** Options that need nothing else. */
export const OPTIONS: F2fModuleOptions = { alipay: shop.alipay, authenticate: shop.authenticate }

export const forRoot = (options: Partial<F2fModuleOptions> & F2fModuleExtras = {}) =>
  F2fModule.forRoot({ ...OPTIONS, ...options })

/** An application module without a class of its own. */
export const appModule = (metadata: ModuleMetadata) => {
  class AppModule {}
  Module(metadata)(AppModule)
  return AppModule
}

/** Made, not initialised. */
export const createApp = (
  platform: Platform,
  metadata: ModuleMetadata,
  options: NestApplicationOptions = {},
): Promise<INestApplication> => {
  const quiet = { logger: false as const, abortOnError: false, ...options }
  return platform === 'express'
    ? NestFactory.create(appModule(metadata), quiet)
    : NestFactory.create<NestFastifyApplication>(appModule(metadata), new FastifyAdapter(), quiet)
}

/** Listens until the test ends; resolves with its address. */
export const listen = async (app: INestApplication): Promise<string> => {
  await app.listen(0, '127.0.0.1')
  onTestFinished(() => app.close())
  return app.getUrl()
}

/** An application without HTTP, initialised, closed when the test ends. */
export const startContext = async (metadata: ModuleMetadata) => {
  const app = await NestFactory.createApplicationContext(appModule(metadata), { logger: false, abortOnError: false })
  onTestFinished(() => app.close())
  return app
}

let orders = 0

/** A new order of 1.00 yuan that is paid at once, or waits. */
export const order = async (plan: 'pays' | 'waits' | 'refuses' = 'pays') => ({
  outTradeNo: `NT${process.pid}${orders++}`,
  authCode: await till.paymentCode(plan),
  totalAmount: '1.00',
  subject: 'tea',
})

/** Pays and waits until all that follows from it is done. */
export const pay = async (app: { get(token: typeof Cashier): Cashier }, plan?: 'pays' | 'refuses') => {
  const cashier = app.get(Cashier)
  const payment = await cashier.pay(await order(plan))
  await cashier.idle()
  return payment
}

/** Posts JSON as a till that may do everything. */
export const post = async (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(await till.headersFor({ scopes: ['pay', 'refund', 'watch'] })),
      ...headers,
    },
    body: JSON.stringify(body),
  })

/** A genuine notification that the payment is paid. */
export const notification = async (outTradeNo: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: await till.signNotify({
    notify_id: `N${outTradeNo}`,
    app_id: till.appId,
    out_trade_no: outTradeNo,
    trade_no: '2026010122001403880512345678',
    trade_status: 'TRADE_SUCCESS',
    total_amount: '1.00',
  }),
})

export const notify = async (url: string, outTradeNo: string) => fetch(url, await notification(outTradeNo))
