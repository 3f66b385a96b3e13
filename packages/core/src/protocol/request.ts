import type { KeyObject } from 'node:crypto'
import { F2fError, isF2fError } from '../errors.ts'
import { encryptBizContent } from './aes.ts'
import { decodeBase64 } from './base64.ts'
import { canonicalize, isBlank } from './canonical.ts'
import { type Charset, encodeText } from './charset.ts'
import { encodeForm } from './form.ts'
import type { Signer, SignType } from './signature.ts'

/** Everything one request is made of. Blank parameters are neither signed nor sent (protocol §2). */
export interface RequestInput {
  /** Address of the gateway, without a query. */
  readonly gateway: string
  readonly appId: string
  /** The API, such as `alipay.trade.pay`. */
  readonly method: string
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8, see `beijingTimestamp`. */
  readonly timestamp: string
  readonly signer: Signer
  /** Default `RSA2`. */
  readonly signType?: SignType | undefined
  /** What text is signed and percent-encoded in. Default `utf-8`. */
  readonly charset?: Charset | undefined
  /** An object, sent as compact JSON, or the exact text to send. Left out: no `biz_content` at all. */
  readonly bizContent?: object | string | undefined
  /** Encrypts `biz_content` before it is signed (protocol §5). */
  readonly encryptKey?: KeyObject | string | undefined
  readonly appAuthToken?: string | undefined
  readonly notifyUrl?: string | undefined
  /** Certificate mode: `certSn` of the application's certificate. */
  readonly appCertSn?: string | undefined
  /** Certificate mode: `rootCertSn` of Alipay's root file. */
  readonly alipayRootCertSn?: string | undefined
  /** Further public parameters, such as `return_url`. */
  readonly extra?: Readonly<Record<string, string | undefined>> | undefined
}

export interface BuiltRequest {
  /** The gateway with every public parameter, `sign` included, in the query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** `biz_content`, percent-encoded in the charset; empty without one. */
  readonly body: Uint8Array
  /** The text that was signed. It holds the whole content, payment code included: not for logs. */
  readonly canonical: string
}

const toJson = (content: object): string => {
  try {
    return JSON.stringify(content)
  } catch (cause) {
    throw new F2fError('REQUEST_INVALID', 'The content cannot be written as JSON.', {
      details: { field: 'biz_content', rule: 'must be plain JSON data' },
      cause,
    })
  }
}

const contentText = ({ bizContent, encryptKey, charset }: RequestInput): string | undefined => {
  const text = typeof bizContent === 'object' ? toJson(bizContent) : bizContent
  return isBlank(text) || encryptKey === undefined ? text : encryptBizContent(text, encryptKey, charset)
}

const signText = async (signer: Signer, text: Uint8Array, signType: SignType): Promise<string> => {
  try {
    const signature = await signer.sign(text, signType)
    if (decodeBase64(signature) !== undefined) return signature
  } catch (cause) {
    if (isF2fError(cause) && cause.code === 'REQUEST_SIGN_FAILED') throw cause
    throw new F2fError('REQUEST_SIGN_FAILED', 'The request could not be signed.', { cause })
  }
  throw new F2fError('REQUEST_SIGN_FAILED', 'What the signer returned is not base64 in one line.')
}

/**
 * Builds one signed request, ready to send: encrypts, then signs, then encodes.
 *
 * Every public parameter, `app_auth_token` and `encrypt_type` included, goes into the query and only `biz_content` into
 * the body: that is the documented rule, and the gateway must know `charset` before it decodes the rest. The official
 * SDKs disagree about those two (protocol §1.2); Node, PHP and Python put the token where the rule says, Java and PHP
 * the encryption type.
 *
 * @throws F2fError `REQUEST_UNENCODABLE` for a character the charset lacks; `REQUEST_SIGN_FAILED`; `REQUEST_INVALID`
 * when the content is no JSON data
 */
export const buildRequest = async (input: RequestInput): Promise<BuiltRequest> => {
  const { charset = 'utf-8', signType = 'RSA2' } = input
  const content = contentText(input)
  const parameters: Record<string, string | undefined> = {
    ...input.extra,
    app_id: input.appId,
    method: input.method,
    charset,
    sign_type: signType,
    timestamp: input.timestamp,
    version: '1.0',
    encrypt_type: input.encryptKey === undefined || isBlank(content) ? undefined : 'AES',
    notify_url: input.notifyUrl,
    app_auth_token: input.appAuthToken,
    app_cert_sn: input.appCertSn,
    alipay_root_cert_sn: input.alipayRootCertSn,
  }
  const canonical = canonicalize({ ...parameters, biz_content: content })
  const sign = await signText(input.signer, encodeText(canonical, charset), signType)
  const query: (readonly [string, string])[] = [['sign', sign]]
  for (const name of Object.keys(parameters)) {
    const value = parameters[name]
    if (!isBlank(value)) query.push([name, value])
  }
  return {
    url: `${input.gateway}?${encodeForm(query, charset)}`,
    headers: { 'content-type': `application/x-www-form-urlencoded;charset=${charset}` },
    body: Buffer.from(isBlank(content) ? '' : encodeForm([['biz_content', content]], charset), 'latin1'),
    canonical,
  }
}
