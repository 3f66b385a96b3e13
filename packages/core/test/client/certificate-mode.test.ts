import { describe, expect, it } from 'vitest'
import { certSn, rootCertSn } from '../../src/protocol/certificate.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import { clientFor, HandClock, type Received, serveGateway } from './fake-gateway.ts'

const DOWNLOAD = 'alipay.open.app.alipaycert.download'
const certificates = {
  app: certificateFile('app.pem'),
  alipay: certificateFile('alipay.pem'),
  root: certificateFile('root.pem'),
}
const APP_PUBLIC = certificates.app
const sn = (name: string): string => certSn(certificateFile(`${name}.pem`))
const UNKNOWN_SN = '0'.repeat(32)

interface Plan {
  /** Whose certificate and key sign ordinary replies. */
  readonly signer: { readonly cert: string; readonly key: string }
  /** The file the gateway hands out, whatever it is asked for; undefined: it knows none. */
  readonly offered?: string | undefined
  /** Whose key signs the answer to a download; undefined: nobody. */
  readonly downloadKey?: string | undefined
}

const answering =
  ({ signer, offered, downloadKey }: Plan) =>
  ({ method, ok }: Received): void => {
    if (method !== DOWNLOAD) {
      const key = certificateFile(`${signer.key}.key`)
      ok({ code: '10000', msg: 'Success' }, { key, certSn: signer.cert === '' ? UNKNOWN_SN : sn(signer.cert) })
      return
    }
    const signing = downloadKey === undefined ? { sign: undefined } : { key: certificateFile(`${downloadKey}.key`) }
    const content = offered && Buffer.from(certificateFile(offered)).toString('base64')
    if (content === undefined) ok({ code: '40002', sub_code: 'isv.alipay-cert-not-exist' }, signing)
    else ok({ code: '10000', msg: 'Success', alipay_cert_content: content }, signing)
  }

const setUp = async (plan: Plan, clock = new HandClock()) => {
  const server = await serveGateway(answering(plan), APP_PUBLIC)
  const alipay = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock })
  const count = (method: string): number => server.received.filter((one) => one.method === method).length
  return { server, clock, query: () => alipay.query({ out_trade_no: 'T1' }), downloads: () => count(DOWNLOAD), alipay }
}

const untrusted = expect.objectContaining({ code: 'REPLY_UNTRUSTED_CERTIFICATE' })

describe('certificate mode', () => {
  it('sends both serials, and verifies with the configured certificate', async () => {
    const { server, query, downloads } = await setUp({ signer: { cert: 'alipay', key: 'alipay' } })
    expect((await query()).code).toBe('10000')
    expect(server.received[0]?.params.get('app_cert_sn')).toBe(sn('app'))
    expect(server.received[0]?.params.get('alipay_root_cert_sn')).toBe(rootCertSn(certificates.root))
    expect(downloads()).toBe(0)
  })

  it('refuses a signature by another key under the configured serial', async () => {
    const { query } = await setUp({ signer: { cert: 'alipay', key: 'rolled' } })
    await expect(query()).rejects.toThrow(expect.objectContaining({ code: 'REPLY_BAD_SIGNATURE' }))
  })
})

describe('a renewed certificate of Alipay', () => {
  it.each([
    ['a trusted key signed the download', 'alipay'],
    ['the renewed key signed the download', 'rolled'],
    ['nobody signed the download', undefined],
  ])('is downloaded once, checked and kept: %s', async (_, downloadKey) => {
    const { query, downloads, server } = await setUp({
      signer: { cert: 'rolled', key: 'rolled' },
      offered: 'rolled.pem',
      downloadKey,
    })
    expect((await query()).code).toBe('10000')
    expect((await query()).code).toBe('10000')
    expect(downloads()).toBe(1)
    expect(server.received.find(({ method }) => method === DOWNLOAD)?.content).toEqual({ alipay_cert_sn: sn('rolled') })
  })

  it('with the same key as before', async () => {
    const { query, downloads } = await setUp({
      signer: { cert: 'same-key', key: 'alipay' },
      offered: 'same-key.pem',
      downloadKey: 'alipay',
    })
    expect((await query()).code).toBe('10000')
    expect(downloads()).toBe(1)
  })

  it('is downloaded once for many calls at a time, and shared with the clients of other merchants', async () => {
    const { query, downloads, alipay } = await setUp({
      signer: { cert: 'rolled', key: 'rolled' },
      offered: 'rolled.pem',
      downloadKey: 'rolled',
    })
    const other = alipay.withAuth('merchant')
    const calls = [query(), query(), other.query({ out_trade_no: 'T1' }), query()]
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(['10000', '10000', '10000', '10000'])
    expect(downloads()).toBe(1)
  })

  it('the download is neither encrypted nor made in the name of a merchant', async () => {
    const server = await serveGateway(
      answering({ signer: { cert: 'rolled', key: 'rolled' }, offered: 'rolled.pem', downloadKey: 'rolled' }),
      APP_PUBLIC,
    )
    const more = { encryptKey: 'wTdwXgTzTmCoOj/w3adhNA==', appAuthToken: 'merchant' }
    const alipay = clientFor(server, {
      privateKey: certificateFile('app.key'),
      certificates,
      clock: new HandClock(),
      ...more,
    })
    expect((await alipay.query({ out_trade_no: 'T1' })).code).toBe('10000')
    const download = server.received.find(({ method }) => method === DOWNLOAD)
    expect(download?.params.has('encrypt_type')).toBe(false)
    expect(download?.params.has('app_auth_token')).toBe(false)
  })
})

describe('certificates that are not trusted', () => {
  it.each<[string, Plan]>([
    [
      'of another root, though a trusted key signed the download',
      { signer: { cert: 'forged', key: 'forged' }, offered: 'forged.pem', downloadKey: 'alipay' },
    ],
    ['that has expired', { signer: { cert: 'expired', key: 'rolled' }, offered: 'expired.pem', downloadKey: 'alipay' }],
    [
      'with another serial than the one asked for',
      { signer: { cert: 'forged', key: 'rolled' }, offered: 'rolled.pem', downloadKey: 'alipay' },
    ],
    [
      "another merchant's, vouched for by nobody",
      { signer: { cert: 'other-shop', key: 'othershop' }, offered: 'other-shop.pem', downloadKey: 'othershop' },
    ],
    [
      "the application's own, though a trusted key signed the download",
      { signer: { cert: 'app', key: 'app' }, offered: 'app.pem', downloadKey: 'alipay' },
    ],
    ['that Alipay does not know', { signer: { cert: '', key: 'alipay' }, downloadKey: 'alipay' }],
    ['that nobody signed for', { signer: { cert: '', key: 'alipay' }, downloadKey: undefined }],
    [
      'with a key too short for RSA2',
      { signer: { cert: 'short', key: 'short' }, offered: 'short.pem', downloadKey: 'alipay' },
    ],
    ['that is a key', { signer: { cert: 'rolled', key: 'rolled' }, offered: 'rolled.key', downloadKey: 'alipay' }],
  ])('one %s: refused, and not asked for again for ten minutes', async (_, plan) => {
    const { query, downloads, clock } = await setUp(plan)
    await expect(query()).rejects.toThrow(untrusted)
    await expect(query()).rejects.toThrow(untrusted)
    expect(downloads()).toBe(1)
    clock.advance(10 * 60_000)
    await expect(query()).rejects.toThrow(untrusted)
    expect(downloads()).toBe(2)
  })

  it('a download that fails refuses this reply, and is tried again for the next', async () => {
    const clock = new HandClock()
    let broken = true
    const good = answering({ signer: { cert: 'rolled', key: 'rolled' }, offered: 'rolled.pem', downloadKey: 'rolled' })
    const server = await serveGateway((received) => {
      if (received.method === DOWNLOAD && broken) received.reply.destroy()
      else good(received)
    }, APP_PUBLIC)
    const alipay = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock })
    await expect(alipay.query({ out_trade_no: 'T1' })).rejects.toThrow(untrusted)
    broken = false
    expect((await alipay.query({ out_trade_no: 'T1' })).code).toBe('10000')
  })

  it.each(['', 'x', 'A'.repeat(32), `${'0'.repeat(31)}\\n`, '../../etc/passwd'])(
    'a serial that is none causes no download: %j',
    async (claimed) => {
      const server = await serveGateway(
        ({ ok }) => ok({ code: '10000' }, { key: certificateFile('rolled.key'), certSn: claimed }),
        APP_PUBLIC,
      )
      const alipay = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock: new HandClock() })
      const code = claimed === '' ? 'REPLY_BAD_SIGNATURE' : 'REPLY_UNTRUSTED_CERTIFICATE'
      await expect(alipay.query({ out_trade_no: 'T1' })).rejects.toThrow(expect.objectContaining({ code }))
      expect(server.received).toHaveLength(1)
    },
  )

  it('time runs out while the certificate is being downloaded: unknown', async () => {
    const clock = new HandClock()
    const controller = new AbortController()
    const server = await serveGateway((received) => {
      if (received.method === DOWNLOAD) controller.abort()
      else answering({ signer: { cert: 'rolled', key: 'rolled' } })(received)
    }, APP_PUBLIC)
    const alipay = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock })
    const call = alipay.query({ out_trade_no: 'T1' }, { signal: controller.signal })
    await expect(call).rejects.toThrow(expect.objectContaining({ code: 'UNKNOWN_ABORTED' }))
    clock.advance(10_000)
  })
})
