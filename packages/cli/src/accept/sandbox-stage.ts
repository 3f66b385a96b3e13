import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAlipay,
  createCashier,
  createNodeTransport,
  F2fError,
  isF2fError,
  memoryStore,
  type Transport,
} from '@f2f/core'
import type { Settings } from '../config/settings.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { alipayOptions } from '../shop/alipay.ts'
import { newNumber } from '../shop/numbers.ts'
import { type Text, text } from '../text.ts'
import type { Customer, Stage } from './stage.ts'

const DAY = 24 * 3_600_000
const BEIJING = 8 * 3_600_000

/** What the person with the sandbox wallet is asked to do. */
const WISHES: Readonly<Partial<Record<Customer, Text>>> = {
  pays: text('请用沙箱钱包出示付款码，扫入：', 'Show a code of the sandbox wallet and scan it:'),
  waits: text('请出示付款码扫入，然后在钱包里输入密码：', 'Scan a code, then confirm with the password in the wallet:'),
  never: text('请出示付款码扫入，然后不要输入密码：', 'Scan a code, then do not confirm:'),
  lost: text('请出示付款码扫入（响应将被丢弃）：', 'Scan a code (the reply will be thrown away):'),
}

const UNABLE = text(
  '沙箱不能按需返回 20000，请用 f2f accept（模拟网关）演示',
  'The sandbox cannot answer 20000 on request; f2f accept shows it with the simulator.',
)
const NOBODY = text('没有人出示付款码', 'Nobody showed a code.')
const NO_NOTIFY = text(
  '需要公网 notifyUrl：请在后端日志中确认收到并回复 success',
  'Needs a public notifyUrl: see in the log of the back end that it came and was answered success.',
)
/** The sandbox's wallet asks for its password above 2,000 yuan (protocol §7.1). */
const ASKS_FOR_PASSWORD = '2000.01'
/** Well formed, nobody's in the sandbox, and expired for the simulator. */
const DEAD_CODE = '281234567890123405'

/** The acceptance on Alipay's sandbox, with real time and a person who holds the wallet. */
export const sandboxStage = async (
  settings: Settings,
  context: Context,
  ask: (wish: Text) => Promise<string | undefined>,
): Promise<Stage> => {
  const options = await alipayOptions(settings, context)
  if ((options.gateway ?? 'production') === 'production' || options.gateway?.includes('openapi.alipay.com') === true)
    throw new Problem(
      'CONFIG',
      text('验收不在正式环境进行：请配置 gateway 为 sandbox。', 'No acceptance in production: set gateway to sandbox.'),
    )
  const transport = createNodeTransport()
  let losesNext = false
  const losing: Transport = async (request) => {
    const isPay = request.url.includes('alipay.trade.pay')
    const response = await transport(request)
    if (!isPay || !losesNext) return response
    losesNext = false
    throw new F2fError('UNKNOWN_CONNECTION_LOST', 'The reply was thrown away on purpose.')
  }
  const alipay = createAlipay({ ...options, transport: losing })
  const { clock, signal } = context
  const cashier = createCashier({ alipay, store: memoryStore(), clock, onProblem: () => undefined })

  return {
    mode: 'sandbox',
    appId: options.appId,
    amount: (customer) => (customer === 'waits' || customer === 'never' ? ASKS_FOR_PASSWORD : '0.01'),
    refundsInParts: false,
    alipay,
    cashier,
    number: () => newNumber('A', context),
    async code(customer) {
      if (customer === 'systemError') return { missing: UNABLE }
      if (customer === 'poor') return { code: DEAD_CODE }
      const wish = WISHES[customer]
      const code = wish === undefined ? undefined : await ask(wish)
      if (code === undefined) return { missing: NOBODY }
      losesNext = customer === 'lost'
      return { code }
    },
    async settled(outTradeNo) {
      for await (const payment of cashier.watch(outTradeNo, { signal })) {
        if (payment.settledAt !== undefined) return payment
      }
      throw new F2fError('PAYMENT_NOT_FOUND', 'The payment ended without an end.')
    },
    notification: async () => ({ missing: NO_NOTIFY }),
    async bill() {
      const { downloadBill } = await import('@f2f/reconcile')
      const billDate = new Date(clock.now() + BEIJING - DAY).toISOString().slice(0, 10)
      const to = await mkdtemp(join(tmpdir(), 'f2f-accept-'))
      try {
        const gateway = options.gateway
        const source = { billDownloadUrl: alipay.billDownloadUrl, clock, gateway }
        const { status } = await downloadBill({
          alipay: source,
          billType: 'trade',
          billDate,
          to,
          signal,
          fetch: context.fetch,
        })
        const missing = text('昨日账单尚未生成', 'the bill of yesterday is not there yet')
        return status === 'notReady'
          ? { missing }
          : { isClean: true, says: text(`${billDate} ${status}`, `${billDate} ${status}`) }
      } catch (error) {
        if (!isF2fError(error)) throw error
        return { missing: text(`沙箱没有账单（${error.code}）`, `The sandbox has no bill (${error.code}).`) }
      } finally {
        await rm(to, { recursive: true, force: true })
      }
    },
    now: () => clock.now(),
    async close() {
      await cashier.close()
      transport.close()
    },
  }
}
