import { type Alipay as AlipayClient, type AlipayOptions, createAlipay, F2fError } from '@f2f/core'
import type { FactoryProvider } from '@nestjs/common'
import type { F2fModuleOptions } from './options.ts'
import { Alipay, getAlipayToken } from './tokens.ts'

const wrong = (name: string, rule: string): F2fError =>
  new F2fError('CONFIG_INVALID', `clients.${name} ${rule}.`, { details: { field: `clients.${name}`, rule } })

/** @throws F2fError `CONFIG_*` */
const clientOf = (alipay: AlipayClient | AlipayOptions): AlipayClient =>
  'verifyNotify' in alipay ? alipay : createAlipay(alipay)

/** @throws F2fError `CONFIG_*` */
const mainClient = ({ alipay, clients = {} }: F2fModuleOptions, names: readonly string[]): AlipayClient => {
  const stranger = Object.keys(clients).find((name) => !names.includes(name))
  if (stranger !== undefined) throw wrong(stranger, 'must be listed in clientNames')
  return clientOf(alipay)
}

/** @throws F2fError `CONFIG_*` */
const namedClient = (name: string, { clients }: F2fModuleOptions, main: AlipayClient): AlipayClient => {
  const client = clients?.[name]
  if (client === undefined) throw wrong(name, 'is missing')
  return 'appId' in client ? clientOf(client) : main.withAuth(client.appAuthToken)
}

/** The cashier's own client, and one for each name. */
export const clientProviders = (optionsToken: string | symbol, names: readonly string[]): FactoryProvider[] => [
  {
    provide: Alipay,
    inject: [optionsToken],
    useFactory: (options: F2fModuleOptions) => mainClient(options, names),
  },
  ...names.map((name) => ({
    provide: getAlipayToken(name),
    inject: [optionsToken, Alipay],
    useFactory: (options: F2fModuleOptions, main: AlipayClient) => namedClient(name, options, main),
  })),
]
