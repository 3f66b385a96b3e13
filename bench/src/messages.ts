import { APP_ID } from './keys.ts'

/** What the benches send and receive: a query of a waiting trade, and a notification with every usual member. */
export const QUERY_METHOD = 'alipay.trade.query'
export const ORDER = { out_trade_no: 'T1001' }
export const QUERY_REPLY = {
  code: '10000',
  msg: 'Success',
  buyer_logon_id: '138****0000',
  buyer_user_id: '2088000000000000',
  out_trade_no: ORDER.out_trade_no,
  total_amount: '88.88',
  trade_no: '2026112122001400000000000000',
  trade_status: 'WAIT_BUYER_PAY',
}
export const NOTIFICATION = {
  app_id: APP_ID,
  auth_app_id: APP_ID,
  buyer_id: '2088000000000000',
  charset: 'utf-8',
  gmt_create: '2026-11-21 12:00:00',
  gmt_payment: '2026-11-21 12:00:05',
  notify_id: '2026112100222120005000000000000000',
  notify_time: '2026-11-21 12:00:06',
  notify_type: 'trade_status_sync',
  out_trade_no: ORDER.out_trade_no,
  receipt_amount: '88.88',
  seller_id: '2088000000000001',
  subject: '咖啡',
  total_amount: '88.88',
  trade_no: '2026112122001400000000000000',
  trade_status: 'TRADE_SUCCESS',
  version: '1.0',
}
