import { AlipaySdk } from 'alipay-sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../src/protocol/canonical.ts'
import { encodeForm, parseForm } from '../../src/protocol/form.ts'
import { parseKey } from '../../src/protocol/keys.ts'
import { parseNotify, verifyNotifySignature } from '../../src/protocol/notify.ts'
import { readReply, verifyReply } from '../../src/protocol/reply.ts'
import { sign } from '../../src/protocol/signature.ts'
import { signNotify, signReply } from '../../src/testing/sign.ts'
import { keys } from './vectors.ts'

const alipayPrivateKey = parseKey(keys.alipay_rsa2_2048.pkcs8Pem, 'private')
const alipayPublicKey = parseKey(keys.alipay_rsa2_2048.spkiPem, 'public')

const official = new AlipaySdk({
  appId: '2021000000000001',
  privateKey: keys.app_rsa2_2048.pkcs1Pem,
  alipayPublicKey: keys.alipay_rsa2_2048.spkiPem,
})

/** Values the official package can handle: no blank ones, which it signs against the documents. */
const values = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z_]{0,10}$/).filter((name) => !['sign', 'charset'].includes(name)),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `x${text}`),
)

describe('the official npm package as a second opinion', () => {
  it('signs every request as we do', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.string({ unit: 'grapheme' }), async (params, subject) => {
        const output = official.sdkExecute(
          'alipay.trade.pay',
          { ...params, bizContent: { subject } },
          { bizContentAutoSnakeCase: false },
        )
        const sent = Object.fromEntries(parseForm(output))
        expect(await sign(canonicalize(sent), keys.app_rsa2_2048.pkcs8Bare)).toBe(sent.sign)
      }),
      { numRuns: 50 },
    )
  })

  it('accepts every notification signNotify makes, and no forged one', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (params) => {
        const body = await signNotify(params, alipayPrivateKey)
        const posted = Object.fromEntries(parseForm(body))
        expect(official.checkNotifySignV2({ ...posted })).toBe(true)
        const forged = { ...posted, total_amount: '9999.00' }
        expect(official.checkNotifySignV2({ ...forged })).toBe(false)
        const notify = parseNotify(encodeForm(Object.entries(forged), 'utf-8'))
        expect(await verifyNotifySignature(notify, [alipayPublicKey], 'RSA2')).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('accepts every reply signReply makes', async () => {
    const node = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,10}$/), fc.string({ unit: 'grapheme' }))
    await fc.assert(
      fc.asyncProperty(node, async (business) => {
        const bytes = await signReply('alipay.trade.pay', { code: '10000', ...business }, alipayPrivateKey)
        const reply = readReply(bytes, 'alipay.trade.pay')
        expect(await verifyReply(reply, [alipayPublicKey], 'RSA2')).toBe(true)
        const raw = Buffer.from(bytes).toString()
        expect(() => official.checkResponseSign(raw, reply.name, reply.sign ?? '', '')).not.toThrow()
        const forged = raw.replace('10000', '10001')
        expect(() => official.checkResponseSign(forged, reply.name, reply.sign ?? '', '')).toThrow()
      }),
      { numRuns: 50 },
    )
  })
})
