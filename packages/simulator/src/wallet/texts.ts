import type { FaultKind } from '../faults/fault.ts'

/** The wallet's words. */
const TEXTS = {
  zh: {
    title: '模拟钱包',
    language: 'English',
    code: '付款码',
    codeHint: '向商家出示，扫码枪扫一扫',
    behaviour: '行为',
    refresh: '换一个',
    copy: '复制',
    copied: '已复制',
    scan: '扫一扫',
    scanHint: '粘贴收款二维码的内容',
    scanButton: '扫码',
    offers: '收银台正在出示',
    noOffers: '现在没有二维码',
    offerButton: '扫这个码',
    trades: '账单',
    noTrades: '还没有交易',
    confirm: '确认付款',
    decline: '拒绝',
    failed: '没有成功',
    WAIT_BUYER_PAY: '待付款',
    TRADE_SUCCESS: '已付款',
    TRADE_FINISHED: '已付款',
    TRADE_CLOSED: '已关闭',
    refunded: '已退款',
    faults: '让支付宝出错',
    faultsHint: '接下来的请求按这里的设定出错',
    method: '哪种请求',
    fault: '怎样出错',
    times: '几次',
    faultButton: '开始出错',
    calm: '恢复正常',
    noFaults: '一切正常',
    before: '未处理',
    after: '已处理',
    always: '每一次',
  },
  en: {
    title: 'Simulated wallet',
    language: '中文',
    code: 'Payment code',
    codeHint: 'Show it to the till to be scanned',
    behaviour: 'Behaviour',
    refresh: 'New code',
    copy: 'Copy',
    copied: 'Copied',
    scan: 'Scan',
    scanHint: "Paste the text of the till's QR",
    scanButton: 'Scan',
    offers: 'Shown by the till now',
    noOffers: 'No QR is being shown',
    offerButton: 'Scan this one',
    trades: 'Payments',
    noTrades: 'No payments yet',
    confirm: 'Pay',
    decline: 'Decline',
    failed: 'That did not work',
    WAIT_BUYER_PAY: 'waiting for you',
    TRADE_SUCCESS: 'paid',
    TRADE_FINISHED: 'paid',
    TRADE_CLOSED: 'closed',
    refunded: 'refunded',
    faults: 'Make Alipay misbehave',
    faultsHint: 'The next requests go wrong as set here',
    method: 'Which requests',
    fault: 'What goes wrong',
    times: 'How often',
    faultButton: 'Misbehave',
    calm: 'Back to normal',
    noFaults: 'All is well',
    before: 'nothing done',
    after: 'work done',
    always: 'every time',
  },
} as const

/** What each ending of a payment code does, in both languages. */
const BEHAVIOURS = [
  ['00', '立即付款', 'pays at once'],
  ['09', '等我确认', 'waits for me'],
  ['03', '8 秒后自动付款', 'pays by itself after 8 s'],
  ['04', '余额不足', 'balance too low'],
  ['05', '付款码失效', 'code expired'],
  ['20', '回复系统繁忙，但已付款', 'answers "busy", but pays'],
  ['21', '回复系统繁忙，未付款', 'answers "busy", does nothing'],
  ['30', '付款后断线', 'pays, then the line breaks'],
  ['31', '断线，未付款', 'the line breaks, nothing done'],
  ['32', '付款，回复太晚', 'pays, answers too late'],
  ['33', '付款，回复签名错误', 'pays, answer badly signed'],
] as const

/** Requests that can be made to go wrong: the API's short name, in both languages. */
const METHODS = [
  ['pay', '付款', 'pay'],
  ['query', '查询', 'query'],
  ['cancel', '撤销', 'cancel'],
  ['refund', '退款', 'refund'],
  ['precreate', '生成二维码', 'make a QR'],
] as const

/** What can go wrong: whether the work is done first, the fault, in both languages. */
const MISHAPS = [
  ['before/drop', '断线，未处理', 'the line breaks, nothing done'],
  ['after/drop', '处理后断线', 'the line breaks after the work'],
  ['before/unavailable', '回复系统繁忙', 'answers "busy"'],
  ['before/system_error', '回复系统错误', 'answers "system error"'],
  ['before/http500', 'HTTP 500', 'HTTP 500'],
  ['after/bad_signature', '回复签名错误', 'answer badly signed'],
  ['after/delay', '回复太晚', 'answers too late'],
  ['after/garbage', '回复乱码', 'answers garbage'],
] as const satisfies readonly (readonly [`${'before' | 'after'}/${FaultKind}`, string, string])[]

/** How often: empty is every time. */
const TIMES = [
  ['1', '1 次', 'once'],
  ['3', '3 次', '3 times'],
  ['', '每一次', 'every time'],
] as const

/** All of it, as a literal for the page's script; nothing in it can end the script element. */
export const wordsLiteral = JSON.stringify({
  texts: TEXTS,
  behaviours: BEHAVIOURS,
  methods: METHODS,
  mishaps: MISHAPS,
  counts: TIMES,
}).replaceAll('<', '\\u003c')
