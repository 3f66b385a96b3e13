/** What a block gets for a name it declares without a value (`declare const alipay: Alipay`). Made when it is asked for. */
import { type Alipay, type Cashier, createAlipay, createCashier, memoryStore, type PaymentStore } from '@f2f/core'
import { allowAnyone, createHandler, type Handler } from '@f2f/core/http'
import { generateSigningKey, type TerminalIssuer, terminalIssuer } from '@f2f/terminal-auth'

type Make<T> = () => T

const once = <T>(make: Make<T>): Make<T> => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const alipay = once(
  (): Alipay =>
    createAlipay({
      appId: process.env.ALIPAY_APP_ID ?? '',
      privateKey: process.env.ALIPAY_PRIVATE_KEY ?? '',
      alipayPublicKey: process.env.ALIPAY_PUBLIC_KEY ?? '',
    }),
)
const store = once((): PaymentStore => memoryStore())
const cashier = once((): Cashier => createCashier({ alipay: alipay(), store: store() }))
const handler = once(
  (): Handler => createHandler({ cashier: cashier(), authenticate: allowAnyone, alipay: alipay(), basePath: '/pay' }),
)

const issuer = once(async (): Promise<TerminalIssuer> => {
  const keys = [await generateSigningKey()]
  return terminalIssuer({ issuer: 'https://pay.example.com', audience: 'pay.example.com', keys })
})

/** Of a till without a key of its own. */
const token = once(async (): Promise<string> => {
  const grant = { terminalId: 'T1', storeId: 'S1', scopes: ['pay', 'refund'], refundLimit: '200.00' } as const
  return (await (await issuer()).issue(grant)).token
})

/** A merchant who opens the address and gives its leave: the address it is sent back to. */
const agrees = async (address: string): Promise<string> =>
  (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? ''

const silent = (): void => undefined

export const GIVEN: Readonly<Record<string, () => unknown>> = {
  alipay,
  heartbeatClient: alipay,
  store,
  cashier,
  authenticate: () => allowAnyone,
  handler,
  logger: () => ({ info: silent, warn: silent, error: silent }),
  issuer,
  token,
  agrees: () => agrees,
}
