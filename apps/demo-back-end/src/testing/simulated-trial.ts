import { Till } from '../till-client.ts'
import { inFolder } from './in-folder.ts'
import { scrape, watchedMetrics } from './scraped.ts'
import { startDemo } from './start-demo.ts'

/** What a demo did that was told nothing. */
export interface SimulatedTrial {
  /** The body at `/`. */
  readonly home: unknown
  /** Status of the answer where nothing is. */
  readonly elsewhere: number
  /** Status of a payment. */
  readonly paid: unknown
  /** Statuses of its refund, of another that the till cancelled, and what a forged notification is told. */
  readonly refunded: unknown
  readonly cancelled: unknown
  readonly forged: string
  /** What the dashboard and the alerts watch, and `GET /metrics` has not. */
  readonly unmeasured: readonly string[]
}

const order = (outTradeNo: string, plan: '00' | '09') => ({
  outTradeNo,
  authCode: `2800000000000000${plan}`,
  totalAmount: '8.88',
  subject: 'coffee',
})

/**
 * Runs a built demo with nothing but a file for its payments, so that it brings its own Alipay.
 *
 * @param main - path of its built main file
 */
export const simulatedTrial = (main: string): Promise<SimulatedTrial> =>
  inFolder(async (folder) => {
    const demo = await startDemo(main, { DATABASE_FILE: `${folder}/payments.db` })
    try {
      const till = await Till.enrol(demo.url, demo.code)
      await till.post('/payments', order('D1', '00'))
      const paid = await till.get('/payments/D1?wait=20')
      const refunded = await till.refund('D1', { outRequestNo: 'R1', refundAmount: '1.00' })
      await till.post('/payments', order('D2', '09'))
      await till.post('/payments/D2/cancel', {})
      const cancelled = await till.get('/payments/D2?wait=20')
      const forged = await fetch(`${demo.url}/notify`, {
        method: 'POST',
        body: new URLSearchParams({ sign: 'forged' }),
      })
      const home = await (await fetch(new URL('/', demo.url))).json()
      const { status } = await fetch(new URL('/elsewhere', demo.url))
      const measured = await scrape(new URL('/metrics', demo.url))
      return {
        home,
        elsewhere: status,
        paid: paid.body.status,
        refunded: refunded.body.status,
        cancelled: cancelled.body.status,
        forged: await forged.text(),
        unmeasured: watchedMetrics().filter((name) => !measured.includes(name)),
      }
    } finally {
      await demo.stop()
    }
  })
