import type { WordTable } from './words.ts'

/** Nobody knows what happened: only asking Alipay tells. */
export const unknownWords: WordTable = {
  SYSTEM_ERROR: {
    zh: '支付宝系统异常，结果暂时未知；请勿重复收款或退款，等待系统查询结果。',
    en: 'Alipay had a system error and the result is not known yet. Do not charge or refund again; wait for the result.',
  },
  ENTERPRISE_PAY_BIZ_ERROR: {
    zh: '企业付款（因公付）处理异常，结果暂时未知；请等待系统重新查询。',
    en: 'The company payment could not be processed and the result is not known yet. Wait until the system asks again.',
  },
  'isp.unknow-error': {
    zh: '支付宝服务暂时不可用，结果未知；请勿重复收款或退款，等待系统查询结果。',
    en: 'Alipay is not available at the moment and the result is unknown. Do not charge or refund again; wait.',
  },
  'unknow-error': {
    zh: '支付宝服务暂时不可用，结果未知；请勿重复收款或退款，等待系统查询结果。',
    en: 'Alipay is not available at the moment and the result is unknown. Do not charge or refund again; wait.',
  },
}

/** Nothing was done; the same call may succeed a little later. */
export const laterWords: WordTable = {
  REFUND_CHARGE_ERROR: {
    zh: '退款时退还手续费失败，退款尚未完成；系统稍后会用同一退款号重试。',
    en: 'The fee could not be given back, so the refund is not done. It is tried again later with the same number.',
  },
  'isv.app-call-limited': {
    zh: '调用支付宝过于频繁，请稍等片刻再试。',
    en: 'Alipay was called too often. Wait a moment and try again.',
  },
  'isv.method-call-limited': {
    zh: '调用支付宝过于频繁，请稍等片刻再试。',
    en: 'Alipay was called too often. Wait a moment and try again.',
  },
}
