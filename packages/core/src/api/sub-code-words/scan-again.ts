import type { WordTable } from './words.ts'

/** This payment code is used up; a fresh one, with a new order number, may work. */
export const scanAgainWords: WordTable = {
  PAYMENT_AUTH_CODE_INVALID: {
    zh: '付款码无效或已过期，请顾客刷新付款码后重新扫码。',
    en: 'The payment code is invalid or expired. Ask the customer to refresh it and scan again.',
  },
  PULL_MOBILE_CASHIER_FAIL: {
    zh: '无法在顾客手机上打开付款页面，请顾客刷新付款码后重新扫码。',
    en: "The payment page did not open on the customer's phone. Ask the customer to refresh the code and scan again.",
  },
  PAYMENT_FAIL: {
    zh: '支付失败，请顾客刷新付款码后重新扫码；再次失败请换其他付款方式。',
    en: 'The payment failed. Refresh the code and scan again; if it fails once more, use another way to pay.',
  },
  AUTH_TOKEN_IS_NOT_EXIST: {
    zh: '没有收到付款码，请重新扫描顾客的付款码。',
    en: "No payment code arrived. Scan the customer's code again.",
  },
}
