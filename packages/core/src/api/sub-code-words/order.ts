import type { WordTable } from './words.ts'

/** The order number, or the state of its trade, is the reason. */
export const orderWords: WordTable = {
  TRADE_HAS_SUCCESS: {
    zh: '该订单号已经付过款，请勿重复收款；请先查询订单是否为本次付款。',
    en: 'This order number is already paid. Do not charge again; check first whether it is this payment.',
  },
  TRADE_STATUS_ERROR: {
    zh: '订单当前状态不允许此操作，请先查询订单是否已付款。',
    en: "The order's state does not allow this. Check first whether the order is paid.",
  },
  TRADE_HAS_CLOSE: {
    zh: '该订单已关闭，不能再收款或退款；如需收款请重新下单。',
    en: 'This order is closed: it can be neither paid nor refunded. Start a new payment if one is due.',
  },
  TRADE_HAS_FINISHED: {
    zh: '该交易已完结，不能再撤销或退款；如需退钱请线下处理。',
    en: 'This trade is finished: it can be neither cancelled nor refunded. Give money back another way if due.',
  },
  TRADE_NOT_EXIST: {
    zh: '支付宝查不到该订单，请核对订单号；未确认前请勿当作已付款。',
    en: 'Alipay knows no such order. Check the order number, and do not treat it as paid.',
  },
  CONTEXT_INCONSISTENT: {
    zh: '该订单号已用于另一笔内容不同的订单，请用新订单号重新收款。',
    en: 'This order number was used for a different order. Start a new payment with a new number.',
  },
  TRADE_BUYER_NOT_MATCH: {
    zh: '该订单号已由另一位顾客使用，请用新订单号重新收款。',
    en: 'This order number belongs to another customer. Start a new payment with a new number.',
  },
  APPLY_PC_MERCHANT_CODE_ERROR: {
    zh: '该订单号已生成过二维码，请用新订单号重新收款。',
    en: 'This order number already has a QR code. Start a new payment with a new number.',
  },
  TRADE_CANCEL_TIME_OUT: {
    zh: '已超过可撤销时间（24 小时），如已付款请改用退款。',
    en: 'It is too late to cancel (24 hours). If the order is paid, refund it instead.',
  },
  CANCEL_NOT_ALLOWED: {
    zh: '该交易不允许撤销，请查询订单；如已付款请改用退款。',
    en: 'This trade cannot be cancelled. Check the order; if it is paid, refund it instead.',
  },
  REASON_TRADE_BEEN_FREEZEN: {
    zh: '该交易被冻结，暂时不能撤销或退款；请店长联系支付宝。',
    en: 'This trade is frozen: it cannot be cancelled or refunded for now. The manager must contact Alipay.',
  },
  REASON_TRADE_STATUS_INVALID: {
    zh: '交易状态不允许此操作，请先查询订单状态。',
    en: "The trade's state does not allow this. Check the order first.",
  },
  REASON_ILLEGAL_STATUS: {
    zh: '交易状态不允许关闭，请先查询订单是否已付款。',
    en: "The trade's state does not allow closing it. Check first whether the order is paid.",
  },
}
