import { Refusal } from '../../ledger/refusal.ts'
import { requiredText } from '../biz-content.ts'
import type { GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'

/** `alipay.open.app.alipaycert.download`: the Alipay certificate with a given serial (protocol §4). */
export const certificateDownload: GatewayMethod = {
  name: 'alipay.open.app.alipaycert.download',
  shortName: 'certificateDownload',
  handle: ({ biz }, world) => {
    const pem = world.authority().findAlipay(requiredText(biz, 'alipay_cert_sn', 64))
    if (pem === undefined) throw new Refusal('isv.alipay-cert-not-exist')
    return { node: success({ alipay_cert_content: Buffer.from(pem).toString('base64') }) }
  },
}
