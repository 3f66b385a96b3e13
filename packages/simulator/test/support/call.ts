import {
  beijingTimestamp,
  type Charset,
  canonicalize,
  encodeForm,
  holdingClock,
  readReply,
  type SignType,
  sign,
  verify,
} from '@f2f/core'
import type { Simulator } from '../../src/index.ts'
import { ALIPAY_KEYS, APP_ID, APP_KEYS } from './keys.ts'

/** How one raw gateway call differs from a plain, right one. */
export interface CallOptions {
  readonly params?: Readonly<Record<string, string | undefined>>
  readonly charset?: Charset
  readonly signType?: SignType
  readonly privateKey?: string
  /** Replaces the signature. */
  readonly signature?: string | undefined
  readonly http?: 'POST' | 'GET'
  readonly allInBody?: boolean
}

const BIZ: readonly string[] = ['biz_content', 'encrypt_type']

/** The parameters of a right call, signed. */
export const signedParams = async (method: string, biz: unknown, options: CallOptions, at: number) => {
  const { charset = 'utf-8', signType = 'RSA2', privateKey = APP_KEYS.privateKey } = options
  const params: Record<string, string | undefined> = {
    app_id: APP_ID,
    method,
    charset,
    sign_type: signType,
    timestamp: beijingTimestamp(at),
    version: '1.0',
    biz_content: JSON.stringify(biz),
    ...options.params,
  }
  const signature = await sign(canonicalize(params), privateKey, { signType, charset })
  const signed: Record<string, string | undefined> = { ...params, sign: signature }
  if ('signature' in options) signed.sign = options.signature
  return Object.entries(signed).filter((entry): entry is [string, string] => entry[1] !== undefined)
}

/** A call as it goes over the wire, and its answer as bytes. */
export const callRaw = async (simulator: Simulator, method: string, biz: unknown, options: CallOptions = {}) => {
  const members = await holdingClock(simulator.clock, () => signedParams(method, biz, options, simulator.clock.now()))
  const { charset = 'utf-8', http = 'POST', allInBody = false } = options
  const inBody = ([name]: readonly [string, string]) => http === 'POST' && (allInBody || BIZ.includes(name))
  const query = encodeForm(
    members.filter((member) => !inBody(member)),
    charset,
  )
  const body = encodeForm(members.filter(inBody), charset)
  const response = await simulator.fetch(
    new Request(`http://simulator.test/gateway.do?${query}`, {
      method: http,
      headers: { 'content-type': `application/x-www-form-urlencoded;charset=${charset}` },
      ...(http === 'GET' ? {} : { body }),
    }),
  )
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** A call and the node of its answer, whose signature was checked when it has one. */
export const call = async (simulator: Simulator, method: string, biz: unknown, options: CallOptions = {}) => {
  const { response, bytes } = await callRaw(simulator, method, biz, options)
  const { charset = 'utf-8', signType = 'RSA2' } = options
  const reply = readReply(bytes, method, { charset })
  const isSigned =
    reply.sign !== undefined && (await verify(reply.signedBytes, reply.sign, ALIPAY_KEYS.publicKey, { signType }))
  const text = new TextDecoder(charset).decode(reply.signedBytes)
  return { response, text, isSigned, reply, node: JSON.parse(text) }
}

/** {@link call} whose answer must be well signed; returns the node alone. */
export const ask = async (simulator: Simulator, method: string, biz: unknown, options: CallOptions = {}) => {
  const { node, isSigned } = await call(simulator, `alipay.trade.${method}`, biz, options)
  if (!isSigned) throw new Error('The answer is not signed.')
  return node
}

/** A pay call's business content. */
export const payment = (outTradeNo: string, authCode: string, changes: Record<string, unknown> = {}) => ({
  out_trade_no: outTradeNo,
  scene: 'bar_code',
  auth_code: authCode,
  subject: '咖啡',
  total_amount: '88.88',
  store_id: 'store_1',
  ...changes,
})
