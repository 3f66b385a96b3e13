import type { KeyObject } from 'node:crypto'
import { encryptBizContent } from '../protocol/aes.ts'
import { canonicalize, isBlank } from '../protocol/canonical.ts'
import { type Charset, encodeText, parseCharset } from '../protocol/charset.ts'
import { encodeForm } from '../protocol/form.ts'
import { nodeNameOf } from '../protocol/reply.ts'
import { type SignType, sign } from '../protocol/signature.ts'
import { signing } from './signing.ts'

export interface SignNotifyOptions {
  /** Default `RSA2`. */
  readonly signType?: SignType | undefined
  /** Default: the `charset` of the params, else `utf-8`. */
  readonly charset?: Charset | undefined
  /** Sign `sign_type` too, as messages other than trade notifications do (protocol §8.4). Default false. */
  readonly signsSignType?: boolean | undefined
}

/**
 * A notification as Alipay would send it: the urlencoded body, signed with your stand-in for Alipay's private key.
 * `charset` and `sign_type` are added when the params lack them; blank values are left out, as real notifications have
 * none.
 *
 * @param params - wire names and values, such as `{ out_trade_no, trade_status, total_amount, … }`
 */
export const signNotify = async (
  params: Readonly<Record<string, string | undefined>>,
  privateKey: KeyObject | string,
  options: SignNotifyOptions = {},
): Promise<string> => {
  const signType = options.signType ?? 'RSA2'
  const charset = options.charset ?? parseCharset(params.charset ?? '') ?? 'utf-8'
  const { charset: stated = charset, sign_type: claimed = signType, ...others } = params
  const sent = { charset: stated, sign_type: claimed, ...others }
  const signed = options.signsSignType === true ? sent : { ...sent, sign_type: undefined }
  const signature = await signing(sign(canonicalize(signed), privateKey, { signType, charset }))
  const members = Object.entries({ ...sent, sign: signature })
  return encodeForm(
    members.flatMap(([name, value]) => (isBlank(value) ? [] : [[name, value] as const])),
    charset,
  )
}

export interface SignReplyOptions {
  /** Default `RSA2`. */
  readonly signType?: SignType | undefined
  /** Default `utf-8`. */
  readonly charset?: Charset | undefined
  /** Adds `alipay_cert_sn`, as in certificate mode. */
  readonly certSn?: string | undefined
  /** Encrypts the node with this AES key (base64). */
  readonly encryptKey?: string | undefined
  /** Name of the node. Default: the method's, `alipay_trade_pay_response`. */
  readonly nodeName?: string | undefined
  /** Writes `/` as `\/`, as the gateway does. Default true. */
  readonly escapeSlashes?: boolean | undefined
  /** Orders the node as the gateway does: code, msg, sub_code, sub_msg, then alphabetically. Default true. */
  readonly sorted?: boolean | undefined
}

const FIRST: readonly string[] = ['code', 'msg', 'sub_code', 'sub_msg']

const byRank = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number => {
  const difference = rank(left) - rank(right)
  if (difference !== 0) return difference
  return left < right ? -1 : 1
}

const rank = (name: string): number => {
  const index = FIRST.indexOf(name)
  return index < 0 ? FIRST.length : index
}

const nodeText = (node: Readonly<Record<string, unknown>>, options: SignReplyOptions): string => {
  const ordered = options.sorted === false ? node : Object.fromEntries(Object.entries(node).sort(byRank))
  const json = JSON.stringify(ordered)
  const text = options.escapeSlashes === false ? json : json.replaceAll('/', '\\/')
  return options.encryptKey === undefined ? text : `"${encryptBizContent(text, options.encryptKey, options.charset)}"`
}

/**
 * A reply as the gateway would send it: the body's bytes, signed with your stand-in for Alipay's private key
 * (protocol §3, §6).
 *
 * @param method - the API that was called, such as `alipay.trade.pay`
 * @param node - the node's members, `code` and `msg` among them
 */
export const signReply = async (
  method: string,
  node: Readonly<Record<string, unknown>>,
  privateKey: KeyObject | string,
  options: SignReplyOptions = {},
): Promise<Uint8Array> => {
  const { signType, charset = 'utf-8', certSn } = options
  const name = options.nodeName ?? nodeNameOf(method)
  const text = nodeText(node, options)
  const signature = await signing(sign(text, privateKey, { signType, charset }))
  const certMember = certSn === undefined ? '' : `"alipay_cert_sn":"${certSn}",`
  return encodeText(`{"${name}":${text},${certMember}"sign":"${signature}"}`, charset)
}
