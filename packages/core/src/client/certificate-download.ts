import type { KeyObject } from 'node:crypto'
import { APIS } from '../api/index.ts'
import { holdingClock } from '../clock.ts'
import { traced } from '../diagnostics/channels.ts'
import { parseNode, verifyReply } from '../protocol/reply.ts'
import { callTrace } from './call-trace.ts'
import { startDeadline } from './deadline.ts'
import { exchange } from './exchange.ts'
import type { WireSettings } from './settings.ts'
import type { CertificateDownload } from './trusted-keys.ts'

/**
 * Asks Alipay for the certificate of a serial (protocol §4). The answer is read even when no trusted key signed it: a
 * renewed certificate may well sign the reply that brings it. What it brings proves itself by its own chain.
 *
 * Never encrypted, because what is not verified must not be decrypted. It has a deadline of its own: several calls may
 * be waiting for it.
 *
 * @throws F2fError
 */
export const downloadCertificate = async (
  wire: WireSettings,
  sn: string,
  trusted: readonly KeyObject[],
): Promise<CertificateDownload> => {
  const deadline = startDeadline(wire.clock, wire.timeout)
  const outgoing = { method: APIS.alipayCertDownload.method, content: { alipay_cert_sn: sn } }
  const unencrypted = { ...wire, encryptKey: undefined }
  let vouched = false
  try {
    const reply = await traced(callTrace(wire, { ...outgoing, merchantId: undefined }), async () => {
      const raw = await exchange(unencrypted, { ...outgoing, appAuthToken: undefined, notifyUrl: undefined }, deadline)
      vouched = await holdingClock(wire.clock, () => verifyReply(raw, trusted, wire.signType))
      return parseNode(raw.signedBytes, raw.charset)
    })
    const { alipay_cert_content: content } = reply
    return { vouched, file: typeof content === 'string' ? Buffer.from(content, 'base64') : undefined }
  } finally {
    deadline.end()
  }
}
