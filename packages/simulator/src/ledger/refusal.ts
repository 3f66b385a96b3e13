/** Business failures the simulator can answer, with the words Alipay puts in `sub_msg` (protocol §6). */
const REFUSALS = {
  'ACQ.SYSTEM_ERROR': '系统错误',
  'ACQ.INVALID_PARAMETER': '参数无效',
  'ACQ.TRADE_NOT_EXIST': '交易不存在',
  'ACQ.TRADE_HAS_SUCCESS': '交易已被支付',
  'ACQ.TRADE_HAS_CLOSE': '交易已经关闭',
  'ACQ.TRADE_HAS_FINISHED': '交易已完结',
  'ACQ.TRADE_STATUS_ERROR': '交易状态不合法',
  'ACQ.CONTEXT_INCONSISTENT': '交易信息被篡改',
  'ACQ.TOTAL_FEE_EXCEED': '订单总金额不在允许范围内',
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': '当前时间已经超过允许支付的时间',
  'ACQ.PAYMENT_AUTH_CODE_INVALID': '支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款',
  'ACQ.BUYER_BALANCE_NOT_ENOUGH': '支付失败，顾客账户余额不足，请顾客更换其他支付方式',
  'ACQ.TRADE_CANCEL_TIME_OUT': '超过撤销时间范围',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': '退款金额无效',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': '退款金额超限',
  'ACQ.DISCORDANT_REPEAT_REQUEST': '请求信息不一致',
  'ACQ.ALLOC_AMOUNT_VALIDATE_ERROR': '分账金额校验失败',
  NO_BILL_DATA: '账单数据为空',
  BILL_NOT_EXIST: '账单不存在',
  INVAILID_ARGUMENTS: '入参不合法',
  TYPE_NOT_SUPPORTED: '账单类型不支持',
  APP_NOT_ISV: '应用不是第三方应用',
  GRANT_TYPE_INVALID: '授权类型不合法',
  AUTH_CODE_NOT_EXIST: '授权码不存在',
  AUTH_CODE_NOT_VALID: '授权码已失效',
  REFRESH_TOKEN_NOT_EXIST: '刷新令牌不存在',
  AUTH_TOKEN_NOT_EXISTED: '应用授权令牌不存在',
  'isv.alipay-cert-not-exist': '支付宝公钥证书不存在',
} as const satisfies Record<string, string>

/** A `sub_code` the simulator answers with code 40004. */
export type RefusalCode = keyof typeof REFUSALS

/** A business rule said no. The gateway turns it into 40004, the control API into 409. */
export class Refusal extends Error {
  readonly subCode: RefusalCode
  /** What the gateway shows: Alipay's own words, sometimes with the field's name. */
  readonly subMessage: string

  constructor(subCode: RefusalCode, detail?: string) {
    const words = detail === undefined ? REFUSALS[subCode] : `${REFUSALS[subCode]}：${detail}`
    super(`${subCode}: ${words}`)
    this.name = 'Refusal'
    this.subCode = subCode
    this.subMessage = words
  }
}
