import type { WordTable } from './words.ts'

/** What the till sends, or how it is set up, is the reason: somebody technical has to look. */
export const setupWords: WordTable = {
  INVALID_PARAMETER: {
    zh: '请求参数有误，未能执行；请核对输入，仍失败请联系技术支持。',
    en: 'Alipay refused the details of the request. Check the input; if it happens again call technical support.',
  },
  ACCESS_FORBIDDEN: {
    zh: '商户未开通此功能，请换其他付款方式，并联系技术支持核对签约产品。',
    en: 'The shop has not been given this function. Use another way to pay and call technical support.',
  },
  PARTNER_ERROR: {
    zh: '收银系统的应用编号有误，请联系技术支持。',
    en: "The till's application id is wrong. Call technical support.",
  },
  EXIST_FORBIDDEN_WORD: {
    zh: '订单信息含有违禁词，请修改商品名称后重新收款。',
    en: 'The order text contains a forbidden word. Change the name of the goods and try again.',
  },
  TOTAL_FEE_EXCEED: {
    zh: '订单金额超出允许范围，请核对金额后重新收款。',
    en: 'The amount is outside what Alipay allows. Check it and try again.',
  },
  INVALID_STORE_ID: {
    zh: '门店编号无效，请联系技术支持。',
    en: "The store's number is not valid. Call technical support.",
  },
  SUB_GOODS_SIZE_MAX_COUNT: {
    zh: '商品明细超过 150 条，请分开结账。',
    en: 'The order has more than 150 lines. Split it into two payments.',
  },
  NOW_TIME_AFTER_EXPIRE_TIME_ERROR: {
    zh: '订单已超过允许的付款时间，请重新收款。',
    en: 'The time to pay this order is over. Start a new payment.',
  },
  INVALID_RECEIVE_ACCOUNT: {
    zh: '收款账户不受支持，请联系技术支持核对收款账户设置。',
    en: 'The receiving account is not allowed. Call technical support.',
  },
  SELLER_NOT_EXIST: {
    zh: '收款账户不存在，请联系技术支持核对收款账户设置。',
    en: 'The receiving account does not exist. Call technical support.',
  },
  RISK_MERCHANT_IP_NOT_EXIST: {
    zh: '请求缺少 IP 信息，请联系技术支持。',
    en: 'The request lacks an IP address. Call technical support.',
  },
  AMOUNT_OR_CURRENCY_ERROR: {
    zh: '订单金额或币种有误，请核对后重新收款。',
    en: 'The amount or the currency is wrong. Check them and try again.',
  },
  CURRENCY_NOT_SUPPORT: {
    zh: '不支持此币种，请改用人民币或联系技术支持。',
    en: 'This currency is not supported. Use CNY or call technical support.',
  },
  UN_SUPPORT_TRADE_SCENE: {
    zh: '商户合约不支持此付款场景，请换其他付款方式，并联系技术支持。',
    en: "The shop's contract does not cover this kind of payment. Use another way to pay; call technical support.",
  },
  TRADE_SETTLE_ERROR: {
    zh: '结算信息有误，未能执行；请联系技术支持。',
    en: 'The settlement details are wrong and nothing was done. Call technical support.',
  },
  DEFAULT_SETTLE_RULE_NOT_EXIST: {
    zh: '商户没有默认结算规则，请联系技术支持。',
    en: 'The shop has no default settlement rule. Call technical support.',
  },
  PLATFORM_BUSINESS_ACQUIRE_MODE_MUST_MERCHANT_ID: {
    zh: '缺少二级商户编号，请联系技术支持。',
    en: 'The number of the merchant behind the platform is missing. Call technical support.',
  },
  SMILE_PAY_MERCHANT_NOT_MATCH: {
    zh: '刷脸服务与收款商户不一致，请联系技术支持。',
    en: 'The face payment service belongs to another merchant. Call technical support.',
  },
  ROYALTY_ACCOUNT_NOT_EXIST: {
    zh: '分账收款账户不存在，请联系技术支持。',
    en: 'The account that shares in the payment does not exist. Call technical support.',
  },
}
