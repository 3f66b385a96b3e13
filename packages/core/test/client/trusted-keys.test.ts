import { describe, expect, it } from 'vitest'
import { type CertificateDownload, certificateKeys } from '../../src/client/trusted-keys.ts'
import { certPublicKey, certSn } from '../../src/protocol/certificate.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import { HandClock } from './fake-gateway.ts'

const nothing: CertificateDownload = { file: undefined, vouched: true }
const serial = (index: number): string => index.toString(16).padStart(32, '0')

const setUp = (download: (sn: string) => Promise<CertificateDownload>) => {
  const asked: string[] = []
  const alipay = certificateFile('alipay.pem')
  const keys = certificateKeys({
    alipay,
    alipayKey: certPublicKey(alipay),
    root: certificateFile('root.pem'),
    ownKey: certPublicKey(certificateFile('app.pem')),
    signType: 'RSA2',
    clock: new HandClock(),
    download: (sn) => {
      asked.push(sn)
      return download(sn)
    },
  })
  return { keys, asked }
}

const isRefused = async (call: unknown): Promise<void> => {
  await expect(call).rejects.toThrow(expect.objectContaining({ code: 'REPLY_UNTRUSTED_CERTIFICATE' }))
}

describe('what serials in unverified messages can cause', () => {
  it('at most four downloads at a time', async () => {
    const finish: (() => void)[] = []
    const { keys, asked } = setUp(() => new Promise((resolve) => finish.push(() => resolve(nothing))))
    const calls = Array.from({ length: 20 }, (_, index) => isRefused(keys.forReply(serial(index))))
    expect(asked).toHaveLength(4)
    for (const end of finish) end()
    await Promise.all(calls)
    await Promise.all([isRefused(keys.forReply(serial(0))), isRefused(keys.forReply(serial(3)))])
    expect(asked).toHaveLength(4)
    const later = isRefused(keys.forReply(serial(5)))
    expect(asked).toHaveLength(5)
    finish.at(-1)?.()
    await later
  })

  it('a bounded memory of refused serials', async () => {
    const { keys, asked } = setUp(async () => nothing)
    for (let index = 0; index < 300; index += 1) await isRefused(keys.forReply(serial(index)))
    expect(asked).toHaveLength(300)
    await isRefused(keys.forReply(serial(299)))
    expect(asked).toHaveLength(300)
    await isRefused(keys.forReply(serial(0)))
    expect(asked).toHaveLength(301)
  })

  it('nothing at all for a notification', () => {
    const { keys, asked } = setUp(async () => nothing)
    expect(keys.forNotification(serial(1))).toHaveLength(1)
    expect(asked).toEqual([])
  })
})

describe('the keys for a message', () => {
  const rolled = certificateFile('rolled.pem')

  it('are the configured one and those learned since, or exactly the one that is named', async () => {
    const { keys } = setUp(async () => ({ file: Buffer.from(rolled), vouched: true }))
    expect(keys.forNotification(undefined)).toHaveLength(1)
    const [learned] = await keys.forReply(certSn(rolled))
    expect(learned?.equals(certPublicKey(rolled))).toBe(true)
    expect(await keys.forReply(undefined)).toHaveLength(2)
    expect(keys.forNotification(serial(9))).toHaveLength(2)
    expect(keys.forNotification(certSn(rolled))).toEqual([learned])
  })
})
