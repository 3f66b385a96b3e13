import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createCashier, type Payment } from '@f2f/core'
import { type BackEnd, stopServer } from '@f2f/demo-back-end'
import { createApp } from './app.ts'

/** At least once for every payment; here the goods would be handed over. */
const onSettled = ({ outTradeNo, status, totalAmount }: Payment): void =>
  void process.stdout.write(`${outTradeNo} ${status} ${totalAmount}\n`)

/** Starts the cashier and an Express application in front of it. */
export const start = async (backEnd: BackEnd, port: number) => {
  const cashier = createCashier({ ...backEnd, onSettled })
  await cashier.recover()
  const server = createApp({ ...backEnd, cashier }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => stopServer(server, () => cashier.close()),
  }
}
