import type { KeyObject } from 'node:crypto'
import { fen, yuan } from '../money.ts'
import { parseForm } from '../protocol/form.ts'
import type { Transport } from '../transport.ts'
import { signReply } from './sign.ts'

type Content = Readonly<Record<string, string>>
type Node = Readonly<Record<string, string>>

interface Trade {
  readonly amount: string
  readonly tradeNo: string
  status: 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED'
  readonly refunds: Map<string, string>
}

const ok = (node: Node = {}): Node => ({ code: '10000', msg: 'Success', ...node })
const no = (subCode: string): Node => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: `ACQ.${subCode}`,
  sub_msg: subCode,
})

/** How a payment goes, by the last two digits of its payment code: the simulator's own scenarios. */
export const PLAN_CODES = { pays: '00', refuses: '04', waits: '09' } as const

/** The Alipay account of every merchant that gives its leave. */
const MERCHANT_ACCOUNT = '2088000000000009'

/**
 * An Alipay in memory that never fails and never delays: enough to see what a back end makes of its answers. For
 * everything that can go wrong there is `@f2f/simulator`.
 */
export class WellBehavedAlipay {
  readonly #trades = new Map<string, Trade>()
  readonly #privateKey: KeyObject

  /** @param privateKey - signs the replies */
  constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey
  }

  readonly transport: Transport = async (request) => {
    const method = parseForm(request.url.split('?')[1] ?? '').get('method') ?? ''
    const content = JSON.parse(parseForm(request.body).get('biz_content') ?? '{}') as Content
    const body = await signReply(method, this.#answer(method, content), this.#privateKey)
    return { status: 200, headers: {}, body }
  }

  #answer(method: string, content: Content): Node {
    switch (method) {
      case 'alipay.trade.pay':
        return this.#pay(content)
      case 'alipay.trade.precreate':
        return ok({
          out_trade_no: content.out_trade_no ?? '',
          qr_code: `https://qr.alipay.com/${content.out_trade_no}`,
        })
      case 'alipay.trade.query':
        return this.#withTrade(content, (trade) => ok({ ...this.#facts(content, trade), trade_status: trade.status }))
      case 'alipay.open.auth.token.app':
        return ok({
          app_auth_token: `token-${content.code}`,
          app_refresh_token: `refresh-${content.code}`,
          user_id: MERCHANT_ACCOUNT,
          auth_app_id: '2021000000000009',
          re_expires_in: '32140800',
        })
      case 'alipay.trade.cancel':
        return this.#cancel(content)
      case 'alipay.trade.refund':
        return this.#withTrade(content, (trade) => this.#refund(trade, content))
      case 'alipay.trade.fastpay.refund.query':
        return this.#withTrade(content, (trade) => this.#refundQuery(trade, content))
      default:
        return no('INVALID_PARAMETER')
    }
  }

  #withTrade(content: Content, answer: (trade: Trade) => Node): Node {
    const trade = this.#trades.get(content.out_trade_no ?? '')
    return trade === undefined ? no('TRADE_NOT_EXIST') : answer(trade)
  }

  #facts(content: Content, trade: Trade): Node {
    return {
      out_trade_no: content.out_trade_no ?? '',
      trade_no: trade.tradeNo,
      total_amount: trade.amount,
      buyer_logon_id: '159****5620',
    }
  }

  #pay(content: Content): Node {
    const plan = content.auth_code?.slice(-2)
    if (plan === PLAN_CODES.refuses) return no('BUYER_BALANCE_NOT_ENOUGH')
    const trade: Trade = {
      amount: content.total_amount ?? '',
      tradeNo: String(2026_0000_0000 + this.#trades.size),
      status: plan === PLAN_CODES.pays ? 'TRADE_SUCCESS' : 'WAIT_BUYER_PAY',
      refunds: new Map(),
    }
    this.#trades.set(content.out_trade_no ?? '', trade)
    const facts = this.#facts(content, trade)
    return trade.status === 'TRADE_SUCCESS' ? ok(facts) : { ...ok(facts), code: '10003' }
  }

  #cancel(content: Content): Node {
    const trade = this.#trades.get(content.out_trade_no ?? '')
    if (trade === undefined) return ok({ retry_flag: 'N' })
    const action = trade.status === 'TRADE_SUCCESS' ? 'refund' : 'close'
    trade.status = 'TRADE_CLOSED'
    return ok({ trade_no: trade.tradeNo, retry_flag: 'N', action })
  }

  #refund(trade: Trade, { out_request_no: number = '', refund_amount: amount = '' }: Content): Node {
    const isNew = !trade.refunds.has(number)
    trade.refunds.set(number, amount)
    const refunded = [...trade.refunds.values()].reduce((sum, each) => sum + fen(each), 0)
    return ok({ trade_no: trade.tradeNo, fund_change: isNew ? 'Y' : 'N', refund_fee: yuan(refunded) })
  }

  #refundQuery(trade: Trade, { out_request_no: number = '' }: Content): Node {
    const amount = trade.refunds.get(number)
    return amount === undefined ? ok() : ok({ refund_amount: amount, refund_status: 'REFUND_SUCCESS' })
  }
}
