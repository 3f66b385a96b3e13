import type { WordTable } from './words.ts'

/** The refund itself is the reason: its amount, its number, or what was paid with. */
export const refundWords: WordTable = {
  DISCORDANT_REPEAT_REQUEST: {
    zh: '该退款号已按另一金额退款成功，请勿重复退款；请先查询退款结果。',
    en: 'This refund number was already refunded with another amount. Do not refund again; check that refund first.',
  },
  REFUND_AMT_NOT_EQUAL_TOTAL: {
    zh: '退款金额超过可退金额，请核对后重新退款。',
    en: 'The refund is larger than what can be refunded. Check the amount and try again.',
  },
  REASON_TRADE_REFUND_FEE_ERR: {
    zh: '金额无效或该交易已退过款；请先查询已退金额，再决定是否退款。',
    en: 'The amount is not valid, or the trade was refunded before. Check what was already refunded.',
  },
  REFUND_FEE_ERROR: {
    zh: '退款金额有误，请核对后重新退款。',
    en: 'The refund amount is wrong. Check it and try again.',
  },
  TRADE_NOT_ALLOW_REFUND: {
    zh: '该交易不允许退款，请查询订单状态，必要时线下退款。',
    en: 'This trade cannot be refunded. Check the order; give the money back another way if due.',
  },
  NOT_ALLOW_PARTIAL_REFUND: {
    zh: '该交易不支持部分退款，请全额退款或线下退款。',
    en: 'This trade cannot be refunded in part. Refund all of it, or give the money back another way.',
  },
  ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND: {
    zh: '该交易使用了购买的代金券，不能退款；请与顾客协商线下退款。',
    en: 'A bought voucher was used, so Alipay cannot refund it. Agree with the customer on another way.',
  },
  ALLOC_AMOUNT_VALIDATE_ERROR: {
    zh: '退分账金额超限，未能退款；请联系技术支持。',
    en: 'The share to take back is too large and nothing was refunded. Call technical support.',
  },
  OVERDRAFT_ASSIGN_ACCOUNT_INVALID: {
    zh: '垫资退款账户不属于本商户，未能退款；请联系技术支持。',
    en: 'The account that advances the refund is not the shop’s, so nothing was refunded. Call technical support.',
  },
  OVERDRAFT_AGREEMENT_NOT_MATCH: {
    zh: '垫资退款方式与合约不一致，未能退款；请联系技术支持。',
    en: 'The way of advancing the refund is not in the contract, so nothing was refunded. Call technical support.',
  },
  REFUND_ACCOUNT_NOT_EXIST: {
    zh: '退款出资账户不存在或异常，未能退款；请店长检查该账户。',
    en: 'The account that pays refunds is missing or restricted. The manager must check it; then try again.',
  },
  REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST: {
    zh: '退分账的账户不存在，未能退款；请联系技术支持。',
    en: 'An account that shared in the payment does not exist, so nothing was refunded. Call technical support.',
  },
  REFUNDALLOC_UNAUTH_LIMIT: {
    zh: '没有退分账的权限，未能退款；请联系技术支持。',
    en: 'Taking shares back is not permitted, so nothing was refunded. Call technical support.',
  },
}
