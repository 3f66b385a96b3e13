import { Till } from '../till-client.ts'
import { inFolder } from './in-folder.ts'
import { startDemo } from './start-demo.ts'

/** What a demo did that was told nothing. */
export interface SimulatedTrial {
  /** The body at `/`. */
  readonly home: unknown
  /** Status of the answer where nothing is. */
  readonly elsewhere: number
  /** Status of a payment. */
  readonly paid: unknown
}

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
      const order = { outTradeNo: 'D1', authCode: '280000000000000000', totalAmount: '8.88', subject: 'coffee' }
      await till.post('/payments', order)
      const { body } = await till.get('/payments/D1?wait=20')
      const home = await (await fetch(new URL('/', demo.url))).json()
      const { status } = await fetch(new URL('/elsewhere', demo.url))
      return { home, elsewhere: status, paid: body.status }
    } finally {
      await demo.stop()
    }
  })
