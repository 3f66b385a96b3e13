/** Child process of the heap bench: starts hand-written loops that go on waiting for their buyer, and says what they hold. */
import { setImmediate as turn } from 'node:timers/promises'
import type { AlipaySdk } from 'alipay-sdk'
import { payByHand } from './by-hand.ts'
import { childConfig, runChild } from './child.ts'
import { heapUsed } from './heap-used.ts'
import { officialSdk } from './official.ts'

const HOUR = 3_600_000

/** What the child process prints, as JSON. */
interface WaitingLoops {
  readonly bytesEach: number
}

const measure = async (payments: number): Promise<WaitingLoops> => {
  const sdk = officialSdk()
  let asked = 0
  const waiting: AlipaySdk['exec'] = async () => {
    asked += 1
    return { code: '10003', msg: 'order success pay inprocess' }
  }
  sdk.exec = waiting
  const before = heapUsed()
  const loops = Array.from({ length: payments }, (_, index) =>
    payByHand(
      sdk,
      { outTradeNo: `T${index}`, authCode: '280000000000000000', totalAmount: '88.88', subject: 'Coffee' },
      { every: HOUR, within: HOUR },
    ),
  )
  for (let turns = 0; turns < 10; turns += 1) await turn()
  const bytesEach = (heapUsed() - before) / loops.length
  if (asked !== payments) throw new Error(`${asked} of ${payments} loops have paid`)
  return { bytesEach }
}

/** So many loops wait in a process of their own. */
export const runLoops = (payments: number): Promise<WaitingLoops> =>
  runChild(import.meta.filename, { payments }, ['--expose-gc'])

if (import.meta.main) {
  const { payments } = childConfig<{ payments: number }>()
  process.stdout.write(JSON.stringify(await measure(payments)), () => process.exit())
}
