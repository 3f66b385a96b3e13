import type { GatewayMethod } from '../call.ts'
import { authToken, authTokenQuery } from './auth-token.ts'
import { billUrl } from './bill-url.ts'
import { cancel } from './cancel.ts'
import { certificateDownload } from './certificate-download.ts'
import { close } from './close.ts'
import { heartbeat } from './heartbeat.ts'
import { pay } from './pay.ts'
import { precreate } from './precreate.ts'
import { query } from './query.ts'
import { refund } from './refund.ts'
import { refundQuery } from './refund-query.ts'
import { settle } from './settle.ts'

/** The APIs that work on one trade; what arrives for each is counted per order number. */
export const TRADE_METHODS: readonly GatewayMethod[] = [pay, precreate, query, cancel, close, refund, refundQuery]

/** Every API the simulator has. */
export const METHODS: ReadonlyMap<string, GatewayMethod> = new Map(
  [...TRADE_METHODS, settle, billUrl, authToken, authTokenQuery, heartbeat, certificateDownload].map((method) => [
    method.name,
    method,
  ]),
)
