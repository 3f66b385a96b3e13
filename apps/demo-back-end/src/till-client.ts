import { systemClock } from '@f2f/core'
import {
  generateTillKey,
  REFUND_PROOF_HEADER,
  signRefreshProof,
  signRefundProof,
  type TillKey,
} from '@f2f/terminal-auth/till'
import { NAMES } from './tills.ts'

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const send = async (url: string, token: string | undefined, body?: unknown, more = {}): Promise<Reply> => {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Reply['body'] }
}

const tokenIn = ({ status, body }: Reply): string => {
  if (typeof body.token === 'string') return body.token
  throw new Error(`The back end gave no token: ${status} ${body.code}`)
}

/** A till that has enrolled, with a key of its own. */
export class Till {
  readonly #key: TillKey
  readonly #terminalId: string
  #url: string
  #token: string

  private constructor(url: string, key: TillKey, { body, ...reply }: Reply) {
    this.#url = url
    this.#key = key
    this.#token = tokenIn({ ...reply, body })
    this.#terminalId = String(body.terminalId)
  }

  /** Turns the one-time code into a token. */
  static async enrol(url: string, code: string): Promise<Till> {
    const key = await generateTillKey()
    const { publicKey } = key
    return new Till(url, key, await send(`${url}/terminals`, undefined, { code, publicKey }))
  }

  /** Gets the next token; the back end may have moved. */
  async renew(url = this.#url): Promise<void> {
    const claims = { terminalId: this.#terminalId, issuer: NAMES.issuer, now: systemClock.now() }
    const proof = await signRefreshProof(this.#key, claims)
    this.#token = tokenIn(await send(`${url}/terminals/token`, undefined, { proof }))
    this.#url = url
  }

  get(path: string): Promise<Reply> {
    return send(this.#url + path, this.#token)
  }

  post(path: string, body: object): Promise<Reply> {
    return send(this.#url + path, this.#token, body)
  }

  /** With a proof by the till's own key. */
  async refund(outTradeNo: string, refund: { outRequestNo: string; refundAmount: string }): Promise<Reply> {
    const proof = await signRefundProof(this.#key, { token: this.#token, outTradeNo, ...refund })
    return send(`${this.#url}/payments/${outTradeNo}/refunds`, this.#token, refund, { [REFUND_PROOF_HEADER]: proof })
  }
}
