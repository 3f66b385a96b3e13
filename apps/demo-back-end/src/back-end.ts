import type { RequestListener } from 'node:http'
import { bullmqWakeups } from '@f2f/bullmq'
import { type Alipay, createAlipay, timerWakeups, type Wakeups } from '@f2f/core'
import type { Authenticate } from '@f2f/core/http'
import { postgresStore, type SqlStore, sqliteStore } from '@f2f/sql'
import type { Enrolment } from '@f2f/terminal-auth'
import { openGateway } from './gateway.ts'
import { openMetrics } from './metrics/index.ts'
import { type Environment, readSettings } from './settings.ts'
import { openTills } from './tills.ts'

/** All that a back end needs beside its framework: spread it into the options of the cashier and of the HTTP API. */
export interface BackEnd {
  readonly alipay: Alipay
  readonly store: SqlStore
  readonly wakeups: Wakeups
  readonly authenticate: Authenticate
  readonly terminals: Enrolment
  /** Answers `GET /metrics`. */
  readonly metrics: RequestListener
}

/** A back end opened from the environment. */
export interface OpenBackEnd {
  readonly port: number
  readonly backEnd: BackEnd
  /** Prints where the API is, and a code that enrols a till once. */
  announce(url: string): Promise<void>
  /** After the cashier and the server: the store, and the simulator if there is one. */
  close(): Promise<void>
}

/** The till that the printed code is for. */
const FIRST_TILL = {
  terminalId: 'T1',
  storeId: 'S1',
  operatorId: 'O1',
  scopes: ['pay', 'refund', 'reconcile', 'watch'],
  refundLimit: '200.00',
} as const

const print = (label: string, text: string): void => void process.stdout.write(`${label}: ${text}\n`)

/** @throws Error that says which variable is wrong; F2fError `CONFIG_*`, `STORE_*` */
export const openBackEnd = async (environment: Environment): Promise<OpenBackEnd> => {
  const settings = readSettings(environment)
  const { databaseUrl, databaseFile, redisUrl, notifyUrl, tokenKey } = settings
  const store =
    databaseUrl === undefined ? sqliteStore(databaseFile) : postgresStore({ url: databaseUrl, migrate: true })
  const gateway = await openGateway(settings.alipay)
  const wakeups = redisUrl === undefined ? timerWakeups() : bullmqWakeups({ redis: redisUrl })
  const { authenticate, terminals } = await openTills(store, tokenKey)
  const metrics = openMetrics(store, wakeups)
  const alipay = createAlipay({ ...gateway.alipay, notifyUrl })
  return {
    port: settings.port,
    backEnd: { alipay, store, wakeups, authenticate, terminals, metrics: metrics.listener },
    async announce(url) {
      const { code } = await terminals.invite(FIRST_TILL)
      print('地址 address', url)
      print('指标 metrics', new URL('/metrics', url).href)
      print('注册码 one-time enrolment code', code)
      if (gateway.wallet !== undefined) print('模拟钱包 simulated wallet', gateway.wallet)
    },
    async close() {
      await metrics.close()
      await store.close()
      await gateway.close()
    },
  }
}
