import type { WordTable } from './words.ts'

/** The customer, or the customer's account, is the reason. */
export const buyerWords: WordTable = {
  BUYER_BALANCE_NOT_ENOUGH: {
    zh: '顾客余额不足，请顾客换一种付款方式后重新付款。',
    en: 'The customer does not have enough balance. Ask for another way to pay.',
  },
  BUYER_BANKCARD_BALANCE_NOT_ENOUGH: {
    zh: '顾客银行卡余额不足，请顾客换一张卡或换一种付款方式。',
    en: "The customer's bank card does not have enough balance. Ask for another card or another way to pay.",
  },
  NO_PAYMENT_INSTRUMENTS_AVAILABLE: {
    zh: '顾客没有可用的付款渠道，请换其他付款方式。',
    en: 'The customer has no usable way to pay in Alipay. Take the payment another way.',
  },
  NOT_SUPPORT_PAYMENT_INST: {
    zh: '顾客的支付宝客户端不支持此付款，请更换客户端或付款方式。',
    en: "The customer's wallet app does not support this payment. Use another app or another way to pay.",
  },
  ERROR_BALANCE_PAYMENT_DISABLE: {
    zh: '顾客关闭了余额支付，请顾客打开后重新付款，或换其他付款方式。',
    en: 'The customer has switched balance payment off. Ask the customer to switch it on, or to pay another way.',
  },
  MOBILE_PAYMENT_SWITCH_OFF: {
    zh: '顾客关闭了手机支付，请顾客打开后重新付款，或换其他付款方式。',
    en: 'The customer has switched mobile payment off. Ask the customer to switch it on, or to pay another way.',
  },
  USER_FACE_PAYMENT_SWITCH_OFF: {
    zh: '顾客关闭了付款码支付，请顾客在支付宝中打开后重新扫码。',
    en: 'The customer has switched payment codes off. Ask the customer to switch them on in Alipay and scan again.',
  },
  BUYER_SELLER_EQUAL: {
    zh: '付款账户与收款账户相同，请换一个支付宝账户付款。',
    en: 'The paying account is the receiving account. Ask for another Alipay account.',
  },
  BUYER_ENABLE_STATUS_FORBID: {
    zh: '顾客的支付宝账户状态异常；收款请换其他账户或付款方式，退款请联系支付宝。',
    en: "The customer's Alipay account is restricted. To take money use another way; for a refund contact Alipay.",
  },
  BUYER_NOT_EXIST: {
    zh: '顾客的支付宝账户不存在或已注销；收款请换其他付款方式，退款请线下处理。',
    en: "The customer's Alipay account no longer exists. Take or give the money another way.",
  },
  NOT_CERTIFIED_USER: {
    zh: '顾客未完成实名认证，请顾客认证后再付，或换其他付款方式。',
    en: "The customer's identity is not verified in Alipay. Ask for verification or another way to pay.",
  },
  BUYER_NOT_MAINLAND_CERT: {
    zh: '此付款仅支持中国大陆身份证实名用户，请换其他付款方式。',
    en: 'Only customers verified with a mainland China identity card can pay this way. Use another way to pay.',
  },
  ERROR_BUYER_CERTIFY_LEVEL_LIMIT: {
    zh: '顾客的身份认证等级不够，请换其他付款方式，并请顾客联系支付宝。',
    en: "The customer's identity level is too low. Use another way to pay; the customer may contact Alipay.",
  },
  USER_LOGONID_DUP: {
    zh: '顾客的支付宝账户名与他人重复，暂时不能付款，请换其他付款方式。',
    en: "The customer's Alipay login name is not unique, so paying is blocked. Use another way to pay.",
  },
  PAYER_UNMATCHED: {
    zh: '付款人与指定账户不一致，请顾客用指定的支付宝账户付款。',
    en: 'Another account was expected to pay. Ask the customer to use the right Alipay account.',
  },
  BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR: {
    zh: '顾客今日付款已超限额，请换其他账户或付款方式。',
    en: 'The customer has reached the daily limit. Ask for another account or another way to pay.',
  },
  BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR: {
    zh: '顾客本月付款已超限额，请换其他账户或付款方式。',
    en: 'The customer has reached the monthly limit. Ask for another account or another way to pay.',
  },
  PAYMENT_REQUEST_HAS_RISK: {
    zh: '支付宝判断此次付款有风险，请换其他付款方式。',
    en: 'Alipay considers this payment risky. Use another way to pay.',
  },
  BUYER_ERROR: {
    zh: '顾客的支付宝账户状态异常，退款未成功；请联系支付宝或线下退款。',
    en: "The customer's Alipay account is restricted and nothing was refunded. Contact Alipay or refund another way.",
  },
  CUSTOMER_VALIDATE_ERROR: {
    zh: '账户已注销或被冻结，未能退款；请联系支付宝或线下退款。',
    en: 'The account is closed or frozen and nothing was refunded. Contact Alipay or refund another way.',
  },
  USER_NOT_MATCH_ERR: {
    zh: '账户与原交易不一致，未能退款；请核对订单或联系支付宝。',
    en: 'The account does not match the payment and nothing was refunded. Check the order or contact Alipay.',
  },
}
