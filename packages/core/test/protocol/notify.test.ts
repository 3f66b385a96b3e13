import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isF2fError } from '../../src/errors.ts'
import { encodeForm, parseForm } from '../../src/protocol/form.ts'
import { parseKey } from '../../src/protocol/keys.ts'
import { parseNotify, verifyNotifySignature } from '../../src/protocol/notify.ts'
import { type SignType, sign } from '../../src/protocol/signature.ts'
import { alipayKey, keys, type NotifyVector, notifyVectors } from './vectors.ts'

const privateKey = parseKey(keys.alipay_rsa2_2048.pkcs8Pem, 'private')
const publicKey = parseKey(keys.alipay_rsa2_2048.spkiPem, 'public')
const otherKey = parseKey(keys.other_rsa2_2048.spkiPem, 'public')

const refusal = (code: string) => expect.objectContaining({ code })

const isAccepted = async ({ input }: NotifyVector): Promise<boolean> => {
  try {
    return await verifyNotifySignature(parseNotify(input.form), [alipayKey(input)], input.configSignType)
  } catch (error) {
    if (!isF2fError(error)) throw error
    return false
  }
}

/** Open questions of the vectors, and what we do. */
const UNDECIDED: Readonly<Record<string, boolean>> = {
  // An empty value says nothing, and is not shown to the caller; some signers leave it out of the text.
  empty_param_added_after_signing: true,
  empty_value_signed_kept: true,
  // Signed all the same: the text holds everything that happened.
  sign_type_included_in_signature: true,
  // The configuration chooses the algorithm, so what the message claims of it does not matter.
  sign_type_mismatch: true,
  duplicate_key_first_evil: false,
}

describe('the official vectors', () => {
  it.each(notifyVectors)('$name: $expected.recommended', async (vector) => {
    const { name, expected } = vector
    const wanted = expected.recommended === 'undecided' ? UNDECIDED[name] : expected.recommended === 'accept'
    expect(await isAccepted(vector)).toBe(wanted)
  })

  it('refuse duplicate names by their own code', () => {
    const { input } = notifyVectors.find(({ name }) => name === 'duplicate_key_first_evil') as NotifyVector
    expect(() => parseNotify(input.form)).toThrow(refusal('NOTIFY_DUPLICATE_KEY'))
  })
})

/** A body signed over `signedText`, or over its members as Alipay does: sorted, without sign_type. */
const bodyOf = async (
  members: Readonly<Record<string, string>>,
  { text, charset = 'utf-8' as 'utf-8' | 'gbk', signType = 'RSA2' as SignType } = {} as {
    text?: string
    charset?: 'utf-8' | 'gbk'
    signType?: SignType
  },
): Promise<string> => {
  const names = Object.keys(members).filter((name) => name !== 'sign_type')
  const signedText =
    text ??
    names
      .sort()
      .map((name) => `${name}=${members[name]}`)
      .join('&')
  const signature = await sign(signedText, privateKey, { charset, signType })
  return encodeForm(Object.entries({ ...members, sign: signature }), charset)
}

const accepts = async (body: Uint8Array | string, contentType?: string): Promise<boolean> =>
  verifyNotifySignature(parseNotify(body, { contentType }), [publicKey], 'RSA2')

const trade = { out_trade_no: 'T1', subject: '当面付', total_amount: '20.00', sign_type: 'RSA2', charset: 'utf-8' }

describe('parseNotify', () => {
  it('gives what happened, without the envelope and empty values', async () => {
    const body = await bodyOf({ ...trade, body: '', alipay_cert_sn: 'ab12' })
    const notify = parseNotify(Buffer.from(body))
    expect(notify).toMatchObject({
      params: { out_trade_no: 'T1', subject: '当面付', total_amount: '20.00', charset: 'utf-8' },
      sign: parseForm(body).get('sign'),
      claimedSignType: 'RSA2',
      certSn: 'ab12',
      charset: 'utf-8',
    })
    expect(Object.keys(notify.params).sort()).toEqual(['charset', 'out_trade_no', 'subject', 'total_amount'])
  })

  it.each([
    ['{"out_trade_no":"T1"}', 'NOTIFY_MALFORMED'],
    ['', 'NOTIFY_MALFORMED'],
    ['a=1', 'NOTIFY_MALFORMED'],
    ['a=1&sign=', 'NOTIFY_MALFORMED'],
    ['a=%zz&sign=x', 'NOTIFY_MALFORMED'],
    ['a=%FF&sign=x', 'NOTIFY_MALFORMED'],
    ['charset=big5&sign=x', 'NOTIFY_MALFORMED'],
    ['a%26b=1&sign=x', 'NOTIFY_MALFORMED'],
    ['a%3Db=1&sign=x', 'NOTIFY_MALFORMED'],
    ['a=1&a=2&sign=x', 'NOTIFY_DUPLICATE_KEY'],
    ['a=1&sign=x&s%69gn=y', 'NOTIFY_DUPLICATE_KEY'],
  ])('refuses %j with %s', (body, code) => {
    expect(() => parseNotify(body)).toThrow(refusal(code))
  })

  it.each([[{ out_trade_no: 'T1' }], [undefined], [null], [new URLSearchParams('a=1')], [new Map()]])(
    'says how to get the raw bytes when it is given %s',
    (body) => {
      expect(() => parseNotify(body as never)).toThrow(refusal('NOTIFY_BODY_PARSED'))
      expect(() => parseNotify(body as never)).toThrow(/Express.*Koa.*Nest.*Fastify/)
    },
  )

  it('throws nothing but coded errors, whatever the bytes', () => {
    const text = fc.string({ unit: fc.constantFrom('a=1', '&', '=', '%', '%c9', '+', 'sign=x', 'charset=gbk', '\xff') })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          text,
          text.map((raw) => Buffer.from(raw, 'latin1')),
        ),
        (body) => {
          try {
            expect(parseNotify(body).sign).not.toBe('')
          } catch (error) {
            expect(isF2fError(error)).toBe(true)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('the charset of a notification', () => {
  it.each([
    undefined,
    '',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; text/html; charset=utf-8',
    'application/x-www-form-urlencoded;charset=GBK',
    'text/plain; charset=iso-8859-1',
  ])('is that of the body, whatever the content type %j says', async (contentType) => {
    const utf8 = await bodyOf(trade)
    const gbk = await bodyOf({ ...trade, charset: 'GBK' }, { charset: 'gbk' })
    for (const body of [utf8, gbk, Buffer.from(gbk)]) {
      expect(parseNotify(body, { contentType }).params.subject).toBe('当面付')
      expect(await accepts(body, contentType)).toBe(true)
    }
  })

  it('is that of the content type when the body has none', async () => {
    const { charset: _, ...members } = trade
    const body = await bodyOf(members, { charset: 'gbk' })
    for (const contentType of ['application/x-www-form-urlencoded; charset=GBK', 'a/b; text/html;Charset = "gb2312"']) {
      expect(parseNotify(body, { contentType }).params.subject).toBe('当面付')
      expect(await accepts(body, contentType)).toBe(true)
    }
    expect(() => parseNotify(body)).toThrow(refusal('NOTIFY_MALFORMED'))
  })

  it('is utf-8 when nothing names one', async () => {
    const { charset: _, ...members } = trade
    expect(await accepts(await bodyOf(members), 'text/plain; charset=iso-8859-1')).toBe(true)
  })
})

describe('verifyNotifySignature', () => {
  const texts = {
    'without sign_type': 'body=&out_trade_no=T1',
    'with sign_type': 'body=&out_trade_no=T1&sign_type=RSA2',
    'without empty values': 'out_trade_no=T1',
    'without empty values, with sign_type': 'out_trade_no=T1&sign_type=RSA2',
    'with alipay_cert_sn': 'alipay_cert_sn=ab&body=&out_trade_no=T1',
    'with everything': 'alipay_cert_sn=ab&body=&out_trade_no=T1&sign_type=RSA2',
    'with alipay_cert_sn, without empty values': 'alipay_cert_sn=ab&out_trade_no=T1',
  }
  it.each(Object.entries(texts))('takes a text %s', async (_, text) => {
    const members = { out_trade_no: 'T1', body: '', sign_type: 'RSA2', alipay_cert_sn: 'ab' }
    expect(await accepts(await bodyOf(members, { text }))).toBe(true)
  })

  it('refuses a value, a name or a member that was not signed', async () => {
    const body = await bodyOf(trade)
    expect(await accepts(body)).toBe(true)
    expect(await accepts(body.replace('20.00', '21.00'))).toBe(false)
    expect(await accepts(body.replace('total_amount', 'total_amounT'))).toBe(false)
    expect(await accepts(`${body}&refund_fee=1`)).toBe(false)
    expect(await accepts(body.replace('out_trade_no=T1&', ''))).toBe(false)
    expect(await accepts(body.replace(/sign=[^&]*/, 'sign=AAAA'))).toBe(false)
    expect(await accepts(body.replace(/sign=([^&]*)/, 'sign=$1%0A'))).toBe(false)
  })

  it('uses the algorithm it is told, not the one the message claims', async () => {
    const downgraded = await bodyOf({ ...trade, sign_type: 'RSA' }, { signType: 'RSA' })
    expect(await accepts(downgraded)).toBe(false)
    expect(await verifyNotifySignature(parseNotify(downgraded), [publicKey], 'RSA')).toBe(true)
    expect(await accepts(await bodyOf({ ...trade, sign_type: 'MD5' }))).toBe(true)
  })

  it('trusts any of the keys it is given, and no other', async () => {
    const notify = parseNotify(await bodyOf(trade))
    expect(await verifyNotifySignature(notify, [otherKey, publicKey], 'RSA2')).toBe(true)
    expect(await verifyNotifySignature(notify, [otherKey], 'RSA2')).toBe(false)
    expect(await verifyNotifySignature(notify, [], 'RSA2')).toBe(false)
  })

  it('holds for bytes that GBK cannot write back, as GB18030 has them', async () => {
    const head = Buffer.from('charset=GBK&subject=')
    const emoji = Buffer.from('9439da33', 'hex')
    const signature = await sign(Buffer.concat([head, emoji]), privateKey)
    const escaped = [...emoji].map((byte) => `%${byte.toString(16)}`).join('')
    const body = `${head}${escaped}&sign=${encodeURIComponent(signature)}`
    expect(parseNotify(body).params.subject).toBe('💩')
    expect(await accepts(body)).toBe(true)
  })
})
