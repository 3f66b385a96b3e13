import { readFileSync } from 'node:fs'
import {
  type Alipay,
  createAlipay,
  F2fError,
  holdingClock,
  parseForm,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../../src/index.ts'
import { SimulatedClock, signReply } from '../../src/testing/index.ts'

interface KeyPair {
  readonly pkcs8Pem: string
  readonly spkiPem: string
}
const { keys } = JSON.parse(readFileSync(new URL('../vectors/keys.json', import.meta.url), 'utf8')) as {
  keys: Record<string, KeyPair>
}
export const APP = keys.app_rsa2_2048 as KeyPair
export const ALIPAY = keys.alipay_rsa2_2048 as KeyPair

export interface Recorded {
  readonly method: string
  readonly content: Record<string, string>
  readonly at: number
}

type Node = Readonly<Record<string, unknown>>
/** What the gateway does with one call. `after` a number of ms answers late. */
export type Answer =
  | Node
  | 'drop'
  | 'hang'
  | 'not sent'
  | 'html'
  | 'http500'
  | 'bad signature'
  | 'unsigned'
  | { readonly after: number; readonly reply: Answer }
  | ((call: Recorded) => Answer)

type Script = { [method: string]: Answer | Answer[] }

export const WAIT = { code: '10003', msg: ' order success pay inprocess', trade_no: '2026T' }
export const PAID = { code: '10000', msg: 'Success', trade_no: '2026T', buyer_logon_id: '159****5620' }
export const status = (trade_status: string) => ({ code: '10000', msg: 'Success', trade_no: '2026T', trade_status })
export const problem = (sub_code: string, code = '40004') => ({
  code,
  msg: 'Business Failed',
  sub_code,
  sub_msg: `why ${sub_code}`,
})
export const NO_TRADE = problem('ACQ.TRADE_NOT_EXIST')
export const cancelled = (action?: 'close' | 'refund') => ({
  code: '10000',
  msg: 'Success',
  retry_flag: 'N',
  ...(action ? { action } : {}),
})

/** A gateway that answers each method from a list, the last answer for ever, and remembers what it was asked. */
export class ScriptedGateway {
  readonly clock = new SimulatedClock()
  readonly calls: Recorded[] = []
  readonly script: Script

  constructor(script: Script) {
    this.script = script
  }

  client(options: Partial<Parameters<typeof createAlipay>[0]> = {}): Alipay {
    return createAlipay({
      appId: '2021000000000001',
      privateKey: APP.pkcs8Pem,
      alipayPublicKey: ALIPAY.spkiPem,
      gateway: 'http://gateway.test/gateway.do',
      transport: this.transport,
      clock: this.clock,
      ...options,
    })
  }

  /** How often each method arrived, by its short name. */
  get counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { method } of this.calls) counts[method] = (counts[method] ?? 0) + 1
    return counts
  }

  times(method: string): number[] {
    const [first] = this.calls
    return this.calls.filter((call) => call.method === method).map((call) => call.at - (first?.at ?? 0))
  }

  readonly transport: Transport = async (request) => {
    const query = parseForm(request.url.split('?')[1] ?? '')
    const body = parseForm(request.body)
    const fullMethod = query.get('method') ?? ''
    const method = fullMethod.replace('alipay.trade.', '')
    const content = JSON.parse(body.get('biz_content') ?? '{}') as Record<string, string>
    const call = { method, content, at: this.clock.now() }
    this.calls.push(call)
    const planned = this.script[method]
    const answer = Array.isArray(planned) ? (planned.length > 1 ? planned.shift() : planned[0]) : planned
    if (answer === undefined) throw new Error(`the script has no answer for ${method}`)
    return this.#give(answer, call, fullMethod, request)
  }

  async #give(answer: Answer, call: Recorded, method: string, request: TransportRequest): Promise<TransportResponse> {
    if (typeof answer === 'function') return this.#give(answer(call), call, method, request)
    if (typeof answer === 'object' && typeof answer.after === 'number') {
      await this.#wait(answer.after, request.signal)
      return this.#give(answer.reply as Answer, call, method, request)
    }
    const respond = (body: Uint8Array | string, status = 200): TransportResponse => ({
      status,
      headers: { 'content-type': 'text/html;charset=utf-8' },
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    })
    switch (answer) {
      case 'drop':
        throw new F2fError('UNKNOWN_CONNECTION_LOST', 'The connection was lost.')
      case 'not sent':
        throw new F2fError('NOT_SENT', 'The connection was refused.')
      case 'hang':
        await this.#wait(Number.MAX_SAFE_INTEGER, request.signal)
        return respond('')
      case 'html':
        return respond('<html>busy</html>')
      case 'http500':
        return respond('oops', 500)
    }
    const sent = answer === 'bad signature' || answer === 'unsigned' ? PAID : (answer as Node)
    const node = { out_trade_no: call.content.out_trade_no, total_amount: '1.00', ...sent }
    const key = answer === 'bad signature' ? APP.pkcs8Pem : ALIPAY.pkcs8Pem
    const signed = await holdingClock(this.clock, () => signReply(method, node, key))
    if (answer !== 'unsigned') return respond(signed)
    return respond(new TextDecoder().decode(signed).replace(/,"sign":"[^"]*"/, ''))
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        cancel()
        reject(new F2fError('UNKNOWN_TIMEOUT', 'The time for this call is over.'))
      })
    })
  }
}

let number = 0
/** A fresh order of 1.00 yuan. */
export const order = (over: Record<string, unknown> = {}) => ({
  outTradeNo: `T${++number}`,
  authCode: '281234567890123456',
  totalAmount: '1.00',
  subject: 'tea',
  ...over,
})
