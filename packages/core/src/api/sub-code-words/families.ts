import type { Words } from './words.ts'

/** Codes that share one sentence. */
export interface WordFamily extends Words {
  readonly pattern: RegExp
}

/** Products other than a plain payment code or QR code. Source: protocol §6.1. */
export const otherProductFamilies: readonly WordFamily[] = [
  {
    pattern: /^(?:SUB_MERCHANT|SECONDARY_MERCHANT)_/,
    zh: '二级商户信息或状态异常，请换其他付款方式，并联系服务商。',
    en: 'The merchant behind the platform is not set up or not active. Use another way to pay; tell the provider.',
  },
  {
    pattern: /^(?:AGREEMENT|CYCLE_PAY|OVER)_/,
    zh: '顾客的扣款协议不允许此次扣款，请换其他付款方式。',
    en: "The customer's agreement does not allow this deduction. Use another way to pay.",
  },
  {
    pattern: /^(?:AUTH_(?:NO|AMOUNT|ORDER)_|PRE_AUTH_)/,
    zh: '预授权信息、金额或状态不符，请核对预授权订单，或换其他付款方式。',
    en: 'The pre-authorisation does not fit this payment. Check it, or use another way to pay.',
  },
  {
    pattern: /^(?:ZM_|\w+_UNSUPPORT_ADVANCE$)/,
    zh: '此次付款不符合先享后付条件，请顾客换其他付款方式。',
    en: 'Paying later is not possible for this payment. Ask the customer for another way to pay.',
  },
  {
    pattern: /^(?:CARD_|CERT_EXPIRED$)/,
    zh: '卡或凭证无效或已过期，请换其他付款方式。',
    en: 'The card or credential is not valid or has expired. Use another way to pay.',
  },
]

/** The gateway itself refused: keys, application, permissions. Source: protocol §3.6. */
export const gatewayFamilies: readonly WordFamily[] = [
  {
    pattern: /^(?:invalid-(?:app-)?auth-token|(?:app-)?auth-token-time-out|invalid-auth-relations|no-product-reg)/,
    zh: '门店的支付宝授权无效或已过期，请换其他付款方式，并请店长重新授权。',
    en: "The shop's Alipay authorisation is invalid or expired. Use another way to pay; the manager must renew it.",
  },
  {
    pattern: /^(?:isv\.|invalid-app-state|app-cert-expired|not-online-app)/,
    zh: '收银系统的支付宝接入设置有误，请换其他付款方式，并联系技术支持。',
    en: "The till's connection to Alipay is set up wrongly. Use another way to pay and call technical support.",
  },
]
