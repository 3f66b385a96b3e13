import { parseBeijing } from '@f2f/core'
import { Refusal } from '../../ledger/refusal.ts'
import { requiredText } from '../biz-content.ts'
import type { GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'

const PRODUCTS: readonly string[] = ['FP', 'MP']
const TYPES: readonly string[] = ['CR', 'STORE', 'VM', 'MD', 'SOFT_POS', 'POS', 'ALI_POS']
const STATUSES: readonly string[] = ['10', '20', '30', '40', '41']

/** `monitor.heartbeat.syn`: how a till is doing (protocol §6.11). */
export const heartbeat: GatewayMethod = {
  name: 'monitor.heartbeat.syn',
  shortName: 'heartbeat',
  handle: ({ biz }) => {
    const wrong = [
      PRODUCTS.includes(requiredText(biz, 'product', 5)) || 'product',
      TYPES.includes(requiredText(biz, 'type', 10)) || 'type',
      STATUSES.includes(requiredText(biz, 'equipment_status', 2)) || 'equipment_status',
      parseBeijing(requiredText(biz, 'time', 19)) !== undefined || 'time',
      requiredText(biz, 'equipment_id', 32) !== '' || 'equipment_id',
    ].find((field) => field !== true)
    if (typeof wrong === 'string') throw new Refusal('ACQ.INVALID_PARAMETER', wrong)
    return { node: success({}) }
  },
}
