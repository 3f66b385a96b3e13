import type { BillAwaited, PaymentDetailView, PaymentView, ReconciledDay, RefundView } from '@f2f/core/http'
import { REFUND_PROOF_HEADER, type RefundProofInput } from '@f2f/terminal-auth/till'
import { readEvents } from './event-stream.ts'
import type { Http, Tokens } from './http.ts'

/** What is asked for; the till chooses the number, so that a repeated request stays one payment. */
export interface Order {
  readonly outTradeNo: string
  /** Yuan. */
  readonly totalAmount: string
  readonly subject: string
}

export interface RefundOrder {
  readonly outRequestNo: string
  readonly refundAmount: string
  readonly reason?: string
}

export interface PaymentPage {
  readonly payments: readonly PaymentView[]
  readonly nextCursor?: string
}

/** The till's side of the back end's HTTP API. Every method rejects with `ApiProblem` or `Offline`. */
export interface TillApi {
  start(order: Order & { readonly authCode: string }): Promise<PaymentView>
  offer(order: Order): Promise<PaymentView>
  payment(outTradeNo: string, waitSeconds?: number, signal?: AbortSignal): Promise<PaymentDetailView>
  /** Every change from now on, after the version seen last. */
  changes(outTradeNo: string, seen: number | undefined, signal: AbortSignal): AsyncGenerator<PaymentDetailView>
  cancel(outTradeNo: string): Promise<PaymentView>
  list(day: string, cursor?: string): Promise<PaymentPage>
  refund(outTradeNo: string, order: RefundOrder): Promise<RefundView>
  refundStatus(outTradeNo: string, outRequestNo: string): Promise<RefundView>
  reconcile(day: string): Promise<ReconciledDay | BillAwaited>
  /** CSV of the differences found last. */
  report(day: string): Promise<Blob>
}

export interface TillApiOptions {
  readonly http: Http
  readonly tokens: Tokens
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Signs a refund with the till's key. */
  readonly proveRefund: (refund: RefundProofInput) => Promise<string>
}

const pathOf = (outTradeNo: string, ...more: readonly string[]): string =>
  ['payments', outTradeNo, ...more].map(encodeURIComponent).join('/')

export const createTillApi = ({ http, tokens, wait, proveRefund }: TillApiOptions): TillApi => {
  const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
    (await (await http.asTill(tokens, { method: 'GET', path, signal })).json()) as T
  const post = async <T>(path: string, body: object): Promise<T> =>
    (await (await http.asTill(tokens, { method: 'POST', path, body })).json()) as T

  return {
    start: (order) => post('payments', order),
    offer: (order) => post('qr-payments', order),
    payment: (outTradeNo, waitSeconds = 0, signal) =>
      get(`${pathOf(outTradeNo)}${waitSeconds > 0 ? `?wait=${waitSeconds}` : ''}`, signal),
    async *changes(outTradeNo, seen, signal) {
      const headers = { accept: 'text/event-stream', ...(seen === undefined ? {} : { 'last-event-id': String(seen) }) }
      const path = pathOf(outTradeNo, 'events')
      const { body } = await http.asTill(tokens, { method: 'GET', path, signal, headers })
      if (body === null) return
      for await (const data of readEvents(body, wait)) yield JSON.parse(data) as PaymentDetailView
    },
    cancel: (outTradeNo) => post(pathOf(outTradeNo, 'cancel'), {}),
    list: (day, cursor) => get(`payments?${new URLSearchParams({ day, limit: '100', ...(cursor && { cursor }) })}`),
    async refund(outTradeNo, order) {
      const response = await http.asTill(tokens, {
        method: 'POST',
        path: pathOf(outTradeNo, 'refunds'),
        body: order,
        signed: async (token) => ({
          [REFUND_PROOF_HEADER]: await proveRefund({
            token,
            outTradeNo,
            outRequestNo: order.outRequestNo,
            refundAmount: order.refundAmount,
          }),
        }),
      })
      return (await response.json()) as RefundView
    },
    refundStatus: (outTradeNo, outRequestNo) => get(pathOf(outTradeNo, 'refunds', outRequestNo)),
    reconcile: (day) => post(`reconciliations/${encodeURIComponent(day)}`, {}),
    report: async (day) => {
      const path = `reconciliations/${encodeURIComponent(day)}/report.csv`
      return (await http.asTill(tokens, { method: 'GET', path })).blob()
    },
  }
}
