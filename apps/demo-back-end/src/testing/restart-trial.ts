import { createSimulator, serve } from '@f2f/simulator'
import type { Environment } from '../settings.ts'
import { type Reply, Till } from '../till-client.ts'
import { inFolder } from './in-folder.ts'
import { type Started, startDemo } from './start-demo.ts'

/** What happened to a demo that was stopped while a buyer had not decided yet, and started again. */
export interface RestartTrial {
  /** Status of a payment that is paid at once. */
  readonly paid: unknown
  /** Status of the payment whose buyer has not decided. */
  readonly waiting: unknown
  /** The answer to who waited for that payment when the process was stopped. */
  readonly interrupted: Reply
  readonly ended: number | NodeJS.Signals
  /** Status of that payment after the buyer confirmed and the demo was started again. */
  readonly resumed: unknown
}

const order = (outTradeNo: string, plan: '00' | '09') => ({
  outTradeNo,
  authCode: `2800000000000000${plan}`,
  totalAmount: '8.88',
  subject: 'coffee',
})

/**
 * Runs a built demo against a simulator that outlives it, with SQLite in a folder of its own.
 *
 * @param main - path of its built main file
 * @param services - `DATABASE_URL` and `REDIS_URL`, to run it on those instead
 */
export const restartTrial = (main: string, services: Environment = {}): Promise<RestartTrial> =>
  inFolder(async (folder) => {
    const simulator = createSimulator()
    const { appId, appPrivateKey, alipayPublicKey } = simulator
    const alipay = await serve(simulator)
    const environment = {
      ALIPAY_APP_ID: appId,
      ALIPAY_PRIVATE_KEY: appPrivateKey,
      ALIPAY_PUBLIC_KEY: alipayPublicKey,
      ALIPAY_GATEWAY: alipay.gateway,
      DATABASE_FILE: `${folder}/payments.db`,
      ...services,
    }
    const started: Started[] = []
    const start = async (): Promise<Started> => {
      const demo = await startDemo(main, environment)
      started.push(demo)
      return demo
    }
    try {
      const first = await start()
      const till = await Till.enrol(first.url, first.code)
      await till.post('/payments', order('D1', '00'))
      const paid = await till.get('/payments/D1?wait=20')
      await till.post('/payments', order('D2', '09'))
      const waiting = await till.get('/payments/D2?wait=1')
      const watched = till.get('/payments/D2?wait=30')
      await till.get('/me') // by now the watch is under way
      const [interrupted, ended] = await Promise.all([watched, first.stop()])
      await fetch(`${alipay.control}/trades/D2/confirm`, { method: 'POST' })

      const second = await start()
      await till.renew(second.url)
      const resumed = await till.get('/payments/D2?wait=20')
      return { paid: paid.body.status, waiting: waiting.body.status, interrupted, ended, resumed: resumed.body.status }
    } finally {
      await Promise.all(started.map((demo) => demo.stop()))
      await alipay.close()
    }
  })
