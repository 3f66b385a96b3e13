import type { WordTable } from './words.ts'

/** The merchant's limits, contract or account are the reason: the manager has to speak with Alipay. */
export const merchantWords: WordTable = {
  BEYOND_PAY_RESTRICTION: {
    zh: '商户收款额度已用完，请换其他付款方式，并请店长联系支付宝提高限额。',
    en: 'The shop has reached its receiving limit. Use another way to pay; the manager should ask Alipay for more.',
  },
  BEYOND_PER_RECEIPT_RESTRICTION: {
    zh: '商户本月收款已超限额，请换其他付款方式，并请店长联系支付宝提高限额。',
    en: 'The shop has reached its monthly limit. Use another way to pay; the manager should ask Alipay for more.',
  },
  BEYOND_PER_RECEIPT_SINGLE_RESTRICTION: {
    zh: '金额超过商户单笔限额，请换其他付款方式，并请店长联系支付宝提高限额。',
    en: "The amount is above the shop's limit for one payment. Use another way to pay and tell the manager.",
  },
  BEYOND_PER_RECEIPT_DAY_RESTRICTION: {
    zh: '商户今日收款已超限额，请换其他付款方式，并请店长联系支付宝提高限额。',
    en: 'The shop has reached its daily limit. Use another way to pay; the manager should ask Alipay for more.',
  },
  PRODUCT_AMOUNT_LIMIT_ERROR: {
    zh: '金额超过支付产品的限额，请换其他付款方式，并请店长联系支付宝提高限额。',
    en: 'The amount is above the limit of this payment product. Use another way to pay and tell the manager.',
  },
  REQUEST_AMOUNT_EXCEED: {
    zh: '请求金额超限，请核对金额，或换其他付款方式。',
    en: 'The amount is too high. Check it, or use another way to pay.',
  },
  RESTRICTED_MERCHANT_INDUSTRY: {
    zh: '金额超过商户所属行业的上限，请换其他付款方式。',
    en: "The amount is above the limit of the shop's industry. Use another way to pay.",
  },
  MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT: {
    zh: '商户已被暂停收款，请换其他付款方式，并请店长联系支付宝。',
    en: 'Alipay has suspended payments to the shop. Use another way to pay; the manager must contact Alipay.',
  },
  MERCHANT_PERM_RECEIPT_SINGLE_LIMIT: {
    zh: '金额超过商户单笔收款限额，请换其他付款方式，并请店长联系支付宝。',
    en: "The amount is above the shop's limit for one payment. Use another way to pay; the manager must contact Alipay.",
  },
  MERCHANT_PERM_RECEIPT_DAY_LIMIT: {
    zh: '商户今日累计收款已超限额，请换其他付款方式，并请店长联系支付宝。',
    en: 'The shop has reached its daily limit. Use another way to pay; the manager must contact Alipay.',
  },
  SELLER_BEEN_BLOCKED: {
    zh: '商户的支付宝账户被冻结，请换其他付款方式，并请店长联系支付宝。',
    en: "The shop's Alipay account is frozen. Use another way to pay; the manager must contact Alipay.",
  },
  MERCHANT_STATUS_NOT_NORMAL: {
    zh: '商户状态异常（可能三个月没有交易），请换其他付款方式，并请店长在商家中心重新激活。',
    en: 'The shop is inactive at Alipay, often after three months without trade. Pay another way; tell the manager.',
  },
  MERCHANT_AGREEMENT_NOT_EXIST: {
    zh: '商户尚未与支付宝签约此产品，请换其他付款方式，并请店长完成签约。',
    en: 'The shop has no contract with Alipay for this product. Use another way to pay and tell the manager.',
  },
  MERCHANT_AGREEMENT_INVALID: {
    zh: '商户与支付宝的合约已失效，请换其他付款方式，并请店长重新签约。',
    en: "The shop's contract with Alipay has ended. Use another way to pay; the manager must renew it.",
  },
  SELLER_BALANCE_NOT_ENOUGH: {
    zh: '商户支付宝余额不足，无法退款或撤销；请店长充值，之后用同一单号重试。',
    en: "The shop's Alipay balance is too low to give money back. The manager must top it up, then try again.",
  },
}
