import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Principal } from '../http/index.ts'
import { assert, assertEqual } from './assert.ts'
import { type HttpAsk, HttpClient, type HttpReply } from './http-contract-client.ts'
import type { HttpBillPlan, HttpPlan, HttpUnderTest, TerminalsUnderTest } from './http-contract-rule.ts'

/** JSON as it came. */
export type Json = Readonly<Record<string, unknown>>

export interface Asking extends HttpAsk {
  /** Who asks; default {@link TILL}. `null`: nobody. */
  readonly as?: Principal | null
  /** Sent as JSON. */
  readonly json?: unknown
}

/** A reply whose body has been read as JSON, when it is JSON. */
export interface Read extends HttpReply {
  readonly json: Json
}

export const TILL: Principal = {
  storeId: 'S1',
  terminalId: 'T1',
  operatorId: 'O1',
  scopes: ['pay', 'refund', 'watch'],
}

const asJson = ({ headers, text }: HttpReply): Json =>
  text !== '' && /[/+]json/.test(headers['content-type'] ?? '') ? (JSON.parse(text) as Json) : {}

/** The server under test, and what rules do with it again and again. */
export class HttpBench {
  readonly client: HttpClient
  readonly #target: HttpUnderTest
  readonly #basePath: string

  constructor(target: HttpUnderTest) {
    this.#target = target
    this.#basePath = new URL(target.url).pathname.replace(/\/$/, '')
    this.client = new HttpClient(target.url)
  }

  async end(): Promise<void> {
    this.client.close()
    await this.#target.close()
  }

  /** The path as the server knows it. */
  path(path: string): string {
    return this.#basePath + path
  }

  /** A number nobody has used. */
  number(): string {
    return `HT${randomBytes(12).toString('hex')}`
  }

  get terminals(): TerminalsUnderTest {
    const { terminals } = this.#target
    if (terminals === undefined) throw new Error('The back end under test does not say how its tills are enrolled.')
    return terminals
  }

  paymentCode(plan: HttpPlan): string | Promise<string> {
    return this.#target.paymentCode(plan)
  }

  billDay(plan: HttpBillPlan): string {
    const day = this.#target.billDay?.(plan)
    if (day === undefined) throw new Error('The back end under test does not say which days can be reconciled.')
    return day
  }

  /** The query with which a merchant comes back that was sent to `url`. */
  returned(url: string): string | Promise<string> {
    const { agreed } = this.#target
    if (agreed === undefined) throw new Error('The back end under test does not say how merchants come back.')
    return agreed(url)
  }

  async ask(path: string, asking: Asking = {}): Promise<Read> {
    const reply = await this.client.exchange(this.path(path), await this.#prepared(asking))
    return { ...reply, json: asJson(reply) }
  }

  /** The same, but the body is left to the caller. */
  async open(path: string, asking: Asking = {}): Promise<IncomingMessage> {
    return this.client.open(this.path(path), await this.#prepared(asking))
  }

  post(path: string, json: unknown, asking: Asking = {}): Promise<Read> {
    return this.ask(path, { ...asking, method: 'POST', json })
  }

  /** A barcode order of 1.00 yuan. */
  async order(plan: HttpPlan, over: Json = {}): Promise<Json> {
    const authCode = await this.paymentCode(plan)
    return { outTradeNo: this.number(), authCode, totalAmount: '1.00', subject: 'tea', ...over }
  }

  /** Begins a payment; resolves with it as the answer shows it. */
  async begin(plan: HttpPlan, over: Json = {}, as: Principal = TILL): Promise<Json> {
    const reply = await this.post('/payments', await this.order(plan, over), { as })
    assertEqual(reply.status, 201, `POST /payments: ${reply.text}`)
    return reply.json
  }

  /** A payment that is paid. */
  async paid(over: Json = {}, as: Principal = TILL): Promise<Json> {
    const { outTradeNo } = await this.begin('pays', over, as)
    const { json, text } = await this.ask(`/payments/${outTradeNo}?wait=30`, { as })
    assertEqual(json.status, 'paid', `a payment that is paid at once: ${text}`)
    return json
  }

  /** Body of a notification that the payment is paid. */
  signedNews(payment: Json, over: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.#target.signNotify({
      notify_id: this.number(),
      notify_type: 'trade_status_sync',
      notify_time: '2026-01-01 08:00:10',
      app_id: this.#target.appId,
      out_trade_no: String(payment.outTradeNo),
      trade_no: '2026010122001403880512345678',
      trade_status: 'TRADE_SUCCESS',
      total_amount: String(payment.totalAmount),
      ...over,
    })
  }

  /** Posts a notification as Alipay does. */
  notify(body: HttpAsk['body'] & {}, contentType?: string): Promise<Read> {
    const headers = contentType === undefined ? {} : { 'content-type': contentType }
    return this.ask('/notify', { method: 'POST', as: null, headers, body })
  }

  async #prepared({ as = TILL, json, headers = {}, ...ask }: Asking): Promise<HttpAsk> {
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    const credentials = as === null ? {} : await this.#target.headersFor(as)
    return { ...ask, ...body, headers: { ...type, ...credentials, ...headers } }
  }
}

/** Holds a reply to be a problem with this status and code, and with everything a problem has. */
export const assertProblem = (reply: Read, status: number, code: string, field?: string): void => {
  const what = `problem: ${reply.text.slice(0, 400)}`
  assertEqual([reply.status, reply.json.code], [status, code], what)
  assertEqual(reply.headers['content-type'], 'application/problem+json', 'its content type')
  assertEqual(reply.json.status, status, 'its status member')
  for (const name of ['type', 'title', 'detail']) assertEqual(typeof reply.json[name], 'string', `its ${name}`)
  for (const name of ['retryable', 'moneyMayHaveMoved']) assertEqual(typeof reply.json[name], 'boolean', `its ${name}`)
  if (field !== undefined) assertEqual(reply.json.field, field, `the field it names, ${what}`)
}

/** Holds a reply to be exactly what Alipay reads. */
export const assertAnswered = (reply: Read, text: 'success' | 'fail'): void => {
  assertEqual([reply.status, reply.text], [200, text], 'the answer to a notification')
  assert((reply.headers['content-type'] ?? '').startsWith('text/plain'), 'it must be text/plain')
}
