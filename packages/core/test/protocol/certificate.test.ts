import { describe, expect, it } from 'vitest'
import { certExpiry, certPublicKey, certSn, rootCertSn } from '../../src/protocol/certificate.ts'
import { isTrustedCertificate } from '../../src/protocol/certificate-trust.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import vectors from '../vectors/cert_sn.open.json' with { type: 'json' }

const IN_2026 = Date.UTC(2026, 0, 1)
const real = (name: string): string => vectors.find((vector) => vector.name === name)?.input.pem ?? ''
const invalid = expect.objectContaining({ code: 'CONFIG_CERTIFICATE_INVALID' })

/** What Java computes; for the real root file, which JDK 17 cannot read, the published value. */
const expectedSn = (vector: (typeof vectors)[number]): string =>
  vector.check.javaAlgorithmJDK17.sn ?? vector.expected.sn

describe('certificate serials', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s: as Java computes it', (_, vector) => {
    const compute = vector.input.isRoot ? rootCertSn : certSn
    expect(compute(vector.input.pem)).toBe(expectedSn(vector))
  })

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s: the same from bytes, with CRLF and text around the blocks',
    (_, vector) => {
      const file = `Bag Attributes\n  friendlyName: x\n${vector.input.pem.replace(/\r?\n/g, '\r\n')}\nsubject=CN = x\n`
      const compute = vector.input.isRoot ? rootCertSn : certSn
      expect(compute(Buffer.from(file))).toBe(expectedSn(vector))
    },
  )

  it.each<[string, (pem: string) => string | Uint8Array]>([
    ['CRLF', (pem) => pem.replaceAll('\n', '\r\n')],
    ['literal \\n as in an environment variable', (pem) => pem.replaceAll('\n', '\\n')],
    ['its DER', (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')],
  ])('reads a certificate from %s', (_, written) => {
    const pem = real('leaf_ant_like_issuer')
    expect(certSn(written(pem))).toBe(certSn(pem))
    expect(certPublicKey(written(pem)).equals(certPublicKey(pem))).toBe(true)
  })

  it('takes the first certificate of a file', () => {
    expect(certSn(certificateFile('alipay.pem'))).toBe(certSn(certificateFile('alipay-alone.pem')))
  })

  it('is empty for a root file without an RSA signature', () => {
    expect(rootCertSn(real('leaf_ec_key_ec_signature'))).toBe('')
  })
})

describe('certPublicKey and certExpiry', () => {
  it.each(
    vectors.flatMap((vector) =>
      vector.expected.publicKeyBase64 === undefined
        ? []
        : [[vector.name, vector.input.pem, vector.expected.publicKeyBase64]],
    ),
  )('%s: the key', (_, pem, key) => {
    expect(certPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64')).toBe(key)
  })

  it('tells the end of validity', () => {
    expect(certExpiry(real('real_app_cert_2021001161683774')).toISOString()).toBe('2022-05-18T05:28:47.000Z')
    expect(certExpiry(certificateFile('alipay.pem')).toISOString()).toBe('2119-12-31T23:59:59.000Z')
  })
})

describe('isTrustedCertificate', () => {
  it.each(['alipay.pem', 'rolled.pem', 'same-key.pem', 'app.pem', 'alipay-shuffled.pem'])('trusts %s', (file) => {
    expect(isTrustedCertificate(certificateFile(file), certificateFile('root.pem'), IN_2026)).toBe(true)
  })

  it.each([
    ['an issuer that is missing', 'alipay-alone.pem'],
    ['another root of the same name', 'forged.pem'],
    ['a certificate that has expired', 'expired.pem'],
    ['an issuer that has expired', 'under-expired.pem'],
    ['an issuer that is no authority', 'under-no-authority.pem'],
    ['an authority that may not sign certificates', 'under-no-key-sign.pem'],
    ['more authorities below one another than allowed', 'too-deep.pem'],
  ])('does not trust %s', (_, file) => {
    expect(isTrustedCertificate(certificateFile(file), certificateFile('root.pem'), IN_2026)).toBe(false)
  })

  it.each([
    ['before', Date.UTC(2019, 11, 31), false],
    ['on the first day of', Date.UTC(2020, 0, 1), true],
    ['after', Date.UTC(2120, 0, 1), false],
  ])('%s its validity: %d is %s', (_, at, trusted) => {
    expect(isTrustedCertificate(certificateFile('alipay.pem'), certificateFile('root.pem'), at)).toBe(trusted)
  })

  it('finds the right root among others, one of them SM2', () => {
    const roots = `${real('real_alipay_root_cert')}\n${certificateFile('other-root.pem')}\n${certificateFile('root.pem')}`
    expect(isTrustedCertificate(certificateFile('alipay.pem'), roots, IN_2026)).toBe(true)
    expect(isTrustedCertificate(certificateFile('alipay.pem'), real('real_alipay_root_cert'), IN_2026)).toBe(false)
  })

  it('does not search a file of many certificates', () => {
    const many = certificateFile('alipay-alone.pem') + certificateFile('root.pem').repeat(11)
    expect(isTrustedCertificate(many, certificateFile('root.pem'), IN_2026)).toBe(false)
  })
})

describe('bad certificate files', () => {
  const whole = certificateFile('alipay-alone.pem')
  const der = Buffer.from(whole.replace(/-----.*-----|\s/g, ''), 'base64')
  const pem = (bytes: Uint8Array): string =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`
  const longerLength = Buffer.concat([Buffer.from([0x30, 0x83, 0x00]), der.subarray(2)])

  it.each([
    ['an empty file', ''],
    ['a key', certificateFile('app.key')],
    ['no base64', '-----BEGIN CERTIFICATE-----\n中文\n-----END CERTIFICATE-----'],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    ['no end', whole.slice(0, -30)],
    ['half the bytes', pem(der.subarray(0, der.length / 2))],
    ['a byte too many', pem(Buffer.concat([der, Buffer.from([0])]))],
    ['a length written longer than needed', pem(longerLength)],
    ['an endless length', pem(Buffer.from([0x30, 0x80, 0, 0]))],
    ['a value of another type', pem(Buffer.from([0x04, 0x02, 0x30, 0x00]))],
    ['an empty sequence', pem(Buffer.from([0x30, 0x00]))],
    ['half of its DER', der.subarray(0, der.length / 2)],
    ['nothing', undefined as never],
    ['a number', 5 as never],
  ])('%s is refused with a code by each reader', (_, file) => {
    expect(() => certSn(file)).toThrow(invalid)
    expect(() => rootCertSn(file)).toThrow(invalid)
    expect(() => certPublicKey(file)).toThrow(invalid)
    expect(() => certExpiry(file)).toThrow(invalid)
    expect(() => isTrustedCertificate(file, certificateFile('root.pem'), IN_2026)).toThrow(invalid)
  })

  it('no damage of one byte escapes as another error', () => {
    for (let at = 0; at < der.length; at += 1) {
      const damaged = Buffer.from(der)
      damaged[at] = (damaged[at] ?? 0) ^ 0x95
      let problem: unknown = invalid
      try {
        certSn(pem(damaged))
        problem = { code: 'CONFIG_CERTIFICATE_INVALID' }
      } catch (error) {
        problem = error
      }
      expect(problem).toMatchObject({ code: 'CONFIG_CERTIFICATE_INVALID' })
    }
  })
})
