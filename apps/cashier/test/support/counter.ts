import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Alipay,
  type Clock,
  createAlipay,
  createNodeTransport,
  memoryStore,
  type PaymentStore,
  type Policy,
  systemClock,
} from '@f2f/core'
import { reconciliationDesk } from '@f2f/reconcile'
import { createSimulator, type Simulator, type SimulatorServer, serve } from '@f2f/simulator'
import { createShop, type Shop, type ShopServer, serveShop } from '../../server/index.ts'
import { PAGE_UNDER_TEST } from './place.ts'

const newKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** Made once: keys do not carry state from test to test. */
const APP_KEY = newKey()
const ALIPAY_KEY = newKey()

/** Short, so that nothing has to be waited for; the order of things is that of a real counter. */
const QUICK: Partial<Policy> = {
  firstQueryAfter: 150,
  pollEvery: 150,
  payWithin: 120_000,
  callTimeout: 20_000,
  cancelRetryFrom: 150,
  refundRetryFrom: 150,
}

const GRANT = {
  terminalId: 'T01',
  storeId: 'S001',
  operatorId: 'ann',
  scopes: ['pay', 'refund', 'reconcile', 'watch'],
  refundLimit: '500.00',
} as const

export interface CounterOptions {
  readonly policy?: Partial<Policy>
  /** Default: in memory. */
  readonly store?: PaymentStore
}

/** It is noon in Beijing when a test begins, whatever the machine thinks: days do not end in the middle of one. */
const NOON = Date.parse('2026-03-05T12:00:00+08:00')

const clockFromNoon = (): Clock => {
  const began = systemClock.now()
  return { now: () => NOON + systemClock.now() - began, setTimeout: (fn, ms) => systemClock.setTimeout(fn, ms) }
}

/** A whole counter on real HTTP: simulated Alipay with its wallet, the back end, the page. */
export interface TestCounter {
  readonly simulator: Simulator
  readonly gate: SimulatorServer
  /** The shop's own application, to do at Alipay what the shop's books do not know. */
  readonly alipay: Alipay
  readonly shop: Shop
  readonly url: string
  invite(over?: Partial<Parameters<Shop['invite']>[0]>): Promise<string>
  /** A fresh payment code as a wallet shows it. */
  code(scenario: string): Promise<string>
  /** Asks the simulator's control API. */
  control(path: string, body?: object): Promise<unknown>
  /** Lets time pass for Alipay and the back end; what falls due is done. The page's own time goes on as ever. */
  pass(seconds: number): Promise<void>
  /** Takes the back end off the network, or puts it back. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** Another back end on the same store, as after a restart; `shop` is the old one. */
  restart(): Promise<void>
  close(): Promise<void>
}

export const openCounter = async ({ policy, store = memoryStore() }: CounterOptions = {}): Promise<TestCounter> => {
  const simulator = createSimulator({
    clock: clockFromNoon(),
    apps: [{ privateKey: APP_KEY }],
    alipayPrivateKey: ALIPAY_KEY,
    confirmAfter: 2_200,
    // Longer than any time-out: only tests that let time pass see an answer that late.
    replyDelay: 30_000,
  })
  const gate = await serve(simulator)
  const transport = createNodeTransport()
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: gate.gateway,
    transport,
    clock: simulator.clock,
  })
  const directory = await mkdtemp(join(tmpdir(), 'f2f-counter-'))
  const desk = reconciliationDesk({ alipay, store, directory, storeId: GRANT.storeId })
  const openShop = (): Promise<Shop> =>
    createShop({
      alipay,
      store,
      page: PAGE_UNDER_TEST,
      policy: { ...QUICK, ...policy },
      handler: { reconciliations: desk },
    })
  let shop = await openShop()
  let server: ShopServer | undefined = await serveShop(shop, 0)
  const { url, port } = server

  const control = async (path: string, body?: object): Promise<unknown> => {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await fetch(gate.control + path, init)).json()
  }
  const goDown = async (): Promise<void> => {
    await server?.close()
    server = undefined
  }
  return {
    simulator,
    gate,
    alipay,
    shop,
    url,
    control,
    pass: (seconds) => simulator.clock.advance(seconds * 1_000),
    invite: (over) => shop.invite({ ...GRANT, ...over }),
    code: async (scenario) => ((await control('/codes', { scenario })) as { code: string }).code,
    goDown,
    async comeBack() {
      server = await serveShop(shop, port)
    },
    async restart() {
      await goDown()
      await shop.close()
      shop = await openShop()
      server = await serveShop(shop, port)
    },
    async close() {
      await goDown()
      await desk.close()
      await shop.close()
      await rm(directory, { recursive: true })
      transport.close()
      await gate.close()
    },
  }
}
