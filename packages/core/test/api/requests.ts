import { APIS, type ApiName, type ApiRequests, checkRequest } from '../../src/api/index.ts'
import { isF2fError } from '../../src/errors.ts'

/** A request of each API with its required members only. */
export const smallest: ApiRequests = {
  pay: { out_trade_no: 'order_1', auth_code: '28763443825664394', subject: 'Coffee', total_amount: '88.88' },
  precreate: { out_trade_no: 'order_1', subject: 'Coffee', total_amount: '88.88' },
  query: { out_trade_no: 'order_1' },
  cancel: { out_trade_no: 'order_1' },
  close: { out_trade_no: 'order_1' },
  refund: { out_trade_no: 'order_1', refund_amount: '88.88', out_request_no: 'refund_1' },
  refundQuery: { out_trade_no: 'order_1', out_request_no: 'refund_1' },
  billDownloadUrl: { bill_type: 'trade', bill_date: '2016-04-05' },
  appAuthToken: { grant_type: 'authorization_code', code: 'P1798b1cc19911172e4f8aaa509c8fb5' },
  appAuthTokenQuery: { app_auth_token: '201509BBeff9351ad1874306903e96b91d248A36' },
  settle: {
    trade_no: '2014030411001007850000672009',
    out_request_no: 'settle_1',
    royalty_parameters: [{ trans_in: '2088101126708402', amount: '0.10' }],
  },
  heartbeat: {
    product: 'FP',
    type: 'CR',
    equipment_id: 'TILL_0001',
    equipment_status: '10',
    time: '2015-01-22 16:46:02',
  },
  alipayCertDownload: { alipay_cert_sn: '687b59193f3f462dd5336e5abf83c5d8' },
}

/** One goods line with its required members only. */
export const goodsLine = { goods_id: 'apple-01', goods_name: 'iPad', quantity: 1, price: '2000.00' }

/** What is wrong with a request: `[field, rule]`, or undefined when it passes. */
export const refusal = (api: ApiName, content: unknown): readonly [string, string] | undefined => {
  try {
    checkRequest(APIS[api], content)
    return undefined
  } catch (error) {
    if (!isF2fError(error) || error.code !== 'REQUEST_INVALID') throw error
    return [String(error.details.field), String(error.details.rule)]
  }
}

/** The smallest request of an API with these members set, and these taken away when `undefined`. */
export const withMembers = (api: ApiName, members: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...smallest[api],
  ...members,
})

/** The field refused when `members` are set on the smallest request, or undefined when it passes. */
export const refusedField = (api: ApiName, members: Readonly<Record<string, unknown>>): string | undefined =>
  refusal(api, withMembers(api, members))?.[0]
