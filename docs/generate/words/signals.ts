import type { MetricName } from '../../../packages/opentelemetry/src/instruments.ts'

/** What each channel tells, in Chinese. */
export const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  'f2f:call': '对支付宝的一次请求，从签名到验过签的应答。',
  'f2f:transition': '一笔交易刚刚落库的变化，包括首次写入。普通通道。',
  'f2f:verify': '一条异步通知的验签。`error` 说明为何拒绝。',
  'f2f:notification': '收银端处理完的一条异步通知。被拒绝也是一种结果。',
  'f2f:delivery': '对 `onSettled` 或 `onRefund` 的一次调用。`error` 是它抛出的内容。',
  'f2f:problem': '`onProblem` 收到的内容。普通通道。',
}

/** What each metric counts, in Chinese. */
export const METRIC_WORDS: Readonly<Record<MetricName, string>> = {
  'f2f.payment.started': '落库的交易数。',
  'f2f.payment.settled': '到达终态的交易数。',
  'f2f.payment.duration': '从落库到首次终态的时间。',
  'f2f.payment.cancels': '开始撤销的交易数。',
  'f2f.payment.attention': '交易或退款开始需要人工处理的次数。',
  'f2f.payment.open': '此刻库里未到终态的交易数。',
  'f2f.refund.settled': '到达终态的退款数。',
  'f2f.notification.handled': '收银端处理的异步通知数。',
  'f2f.notification.verify.failures': '未能证实为真的异步通知数。',
  'f2f.delivery.duration': '`onSettled` 与 `onRefund` 的耗时；失败时带 `error.type`。',
  'rpc.client.call.duration': '调用支付宝的耗时；没有可信应答时带 `error.type`。',
  'f2f.wakeup.jobs': '此刻队列中的唤醒数；`waiting` 的是迟到的。',
  'f2f.problems': '`onProblem` 收到的次数。',
}
