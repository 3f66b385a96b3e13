// What a user writes, compiled against the published types by every promised TypeScript in every kind of project.
import {
  type Clock,
  createAlipay,
  createCashier,
  F2fError,
  type F2fErrorCode,
  isF2fError,
  memoryStore,
  type Payment,
  type PaymentStore,
  type Policy,
  type Transport,
} from '@f2f/core'
import { createHeartbeat, logPayments, observe } from '@f2f/core/monitoring'
import { SimulatedClock, signNotify, signReply } from '@f2f/core/testing'
import { instrumentF2f } from '@f2f/opentelemetry'
import { keyboardWedge, openScanner, type Scan, type Source } from '@f2f/pos-scanner'
import { serial } from '@f2f/pos-scanner/node'
import { simulatedScanner } from '@f2f/pos-scanner/testing'
import { createSimulator } from '@f2f/simulator'

const clock: Clock = new SimulatedClock()
const policy: Partial<Policy> = { payWithin: 30_000 }
const store: PaymentStore = memoryStore()
const transport: Transport = async ({ url, body, signal }) => {
  const response = await fetch(url, { method: 'POST', body: Uint8Array.from(body), signal })
  return { status: response.status, headers: {}, body: new Uint8Array(await response.arrayBuffer()) }
}

export const alipay = createAlipay({
  appId: '2021000000000000',
  privateKey: 'a key',
  alipayPublicKey: 'another key',
  gateway: 'sandbox',
  transport,
  clock,
})

const settled: string[] = []
const cashier = createCashier({
  alipay,
  store,
  policy,
  onSettled: ({ outTradeNo, status }: Payment) => {
    settled.push(`${outTradeNo} ${status}`)
  },
})

export const charge = async (authCode: string): Promise<Payment | F2fErrorCode> => {
  try {
    return await cashier.pay({ outTradeNo: 'T1001', authCode, totalAmount: '88.88', subject: 'Coffee' })
  } catch (error) {
    if (isF2fError(error)) return error.code
    throw new F2fError('CONFIG_INVALID', 'not ours', { cause: error })
  }
}

export const follow = async (outTradeNo: string): Promise<void> => {
  for await (const { status, history } of cashier.watch(outTradeNo)) settled.push(`${status} ${history.length}`)
}

export const call = async (): Promise<string | undefined> => {
  const { code, trade_status } = await alipay.query({ out_trade_no: 'T1001' }, { timeout: 5_000 })
  const { reply } = await cashier.handleNotify(new Uint8Array(), { contentType: 'text/plain' })
  return `${code} ${trade_status ?? reply}`
}

export const stops = [
  observe({ transition: ({ outTradeNo, to }) => settled.push(`${outTradeNo} ${to}`) }),
  logPayments({ info: () => undefined, warn: () => undefined, error: () => undefined }),
  instrumentF2f({ store }),
]
export const heartbeat = createHeartbeat({ alipay, equipmentId: 'cr1' })

export const simulator = createSimulator()
export const forged = [signNotify({}, 'a key'), signReply('alipay.trade.pay', {}, 'a key')]

const sources: readonly Source[] = [
  keyboardWedge({ suffix: 'Enter' }),
  serial({ open: () => process.stdin }),
  simulatedScanner().source,
]
const onScan = ({ code, kind }: Scan): void => {
  if (kind === 'alipay') void charge(code)
}
export const scanners = sources.map((source) => openScanner({ source, clock, onScan }))
