import type { AddressInfo } from 'node:net'
import { createAlipay, createCashier } from '@f2f/core'
import { f2f } from '@f2f/koa'
import { sqliteStore } from '@f2f/sql'
import Koa from 'koa'
import { authenticate } from './authenticate.ts'
import { onSettled } from './on-settled.ts'
import { alipayOptions, databaseFile, port } from './settings.ts'

const alipay = createAlipay(alipayOptions)
const store = sqliteStore(databaseFile)
const cashier = createCashier({ alipay, store, onSettled })
await cashier.recover() // goes on with what a crash interrupted

const app = new Koa()
app.use(f2f({ cashier, authenticate, alipay, basePath: '/pay' })) // Alipay notifies /pay/notify

const server = app.listen(port, () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pay`)
})

const stop = async (): Promise<void> => {
  server.close()
  await cashier.close()
  await store.close()
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
