const MESSAGES = {
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Token Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
} as const

type ProblemCode = keyof typeof MESSAGES

/** What the gateway itself can find wrong, before any business rule: code and words (protocol §3.6). */
const PROBLEMS = {
  'isp.unknow-error': ['20000', '系统繁忙'],
  'aop.invalid-app-auth-token': ['20001', '无效的应用授权令牌'],
  'isv.missing-app-id': ['40001', '缺少AppID参数'],
  'isv.missing-method': ['40001', '缺少方法名参数'],
  'isv.missing-signature': ['40001', '缺少签名参数'],
  'isv.missing-signature-type': ['40001', '缺少签名类型参数'],
  'isv.missing-timestamp': ['40001', '缺少时间戳参数'],
  'isv.missing-version': ['40001', '缺少版本参数'],
  'isv.missing-app-cert-sn': ['40001', '缺少应用公钥证书序列号参数'],
  'isv.missing-alipay-root-cert-sn': ['40001', '缺少支付宝根证书序列号参数'],
  'isv.invalid-app-id': ['40002', '无效的AppID参数'],
  'isv.invalid-charset': ['40002', '字符集错误'],
  'isv.invalid-signature-type': ['40002', '无效的签名类型'],
  'isv.missing-signature-config': ['40002', '应用未配置对应签名算法的公钥或者证书'],
  'isv.invalid-signature': ['40002', '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配'],
  'isv.invalid-timestamp': ['40002', '非法的时间戳参数'],
  'isv.invalid-format': ['40002', '无效的数据格式'],
  'isv.invalid-method': ['40002', '不存在的方法名'],
  'isv.invalid-parameter': ['40002', '无效参数'],
  'isv.illegal-json': ['40002', '非法的JSON参数'],
  'isv.app-cert-not-exist': ['40002', '应用公钥证书不存在'],
  'isv.invalid-alipay-root-cert-sn': ['40002', '支付宝根证书序列号参数错误'],
  'isv.decryption-error-not-valid-encrypt-type': ['40002', '解密出错，不支持的加密类型'],
  'isv.decryption-error-not-valid-encrypt-key': ['40002', '解密出错，应用未配置加密密钥'],
  'isv.decryption-error-unknown': ['40002', '解密出错，未知异常'],
} as const satisfies Record<string, readonly [ProblemCode, string]>

/** A `sub_code` of the gateway itself. */
export type ProblemSubCode = keyof typeof PROBLEMS

/** The gateway refuses a call before any business rule is asked. */
export class GatewayProblem extends Error {
  readonly subCode: ProblemSubCode
  readonly #detail: string

  /** @param detail - follows the words of the table in `sub_msg` */
  constructor(subCode: ProblemSubCode, detail = '') {
    super(subCode)
    this.name = 'GatewayProblem'
    this.subCode = subCode
    this.#detail = detail
  }

  /** The reply node that says so. */
  get node(): ReplyNode {
    const [code, words] = PROBLEMS[this.subCode]
    return { code, msg: MESSAGES[code], sub_code: this.subCode, sub_msg: `${words}${this.#detail}` }
  }
}

/** The members of a reply node, by wire name. Undefined ones are not sent. */
export type ReplyNode = Readonly<Record<string, unknown>> & { readonly code: string; readonly msg: string }

/** 10000 with these business fields. */
export const success = (fields: Readonly<Record<string, unknown>>): ReplyNode => ({
  code: '10000',
  msg: 'Success',
  ...fields,
})

/** 40004 with these business fields. */
export const businessFailure = (
  subCode: string,
  subMessage: string,
  fields: Readonly<Record<string, unknown>>,
): ReplyNode => ({ code: '40004', msg: 'Business Failed', sub_code: subCode, sub_msg: subMessage, ...fields })
