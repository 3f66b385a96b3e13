import type { OpenMembers, Reply } from './reply.ts'
import { matching, type Rule, shape } from './rules.ts'

/** alipay.open.app.alipaycert.download: an Alipay certificate by its serial. Source: protocol §4. */
export interface AlipayCertDownloadRequest extends OpenMembers {
  /** The `alipay_cert_sn` of a reply: 32 lower-case hexadecimal digits. */
  readonly alipay_cert_sn: string
}

/** Check that the certificate chains to the root before using it. Source: protocol §4. */
export interface AlipayCertDownloadReply extends Reply {
  /** Base64 of the PEM file. */
  readonly alipay_cert_content?: string
}

/** The rules of {@link AlipayCertDownloadRequest}. */
export const alipayCertDownloadRules: Rule = shape<AlipayCertDownloadRequest>({
  required: ['alipay_cert_sn'],
  fields: { alipay_cert_sn: matching(/^[0-9a-f]{32}$/, 'must be 32 lower-case hexadecimal digits') },
})
