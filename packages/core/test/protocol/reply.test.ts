import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isF2fError } from '../../src/errors.ts'
import { decryptBizContent } from '../../src/protocol/aes.ts'
import { encodeText, parseCharset } from '../../src/protocol/charset.ts'
import { parseKey } from '../../src/protocol/keys.ts'
import { nodeCiphertext, parseNode, readReply, verifyReply } from '../../src/protocol/reply.ts'
import { sign } from '../../src/protocol/signature.ts'
import { alipayKey, keys, type ReplyVector, replyVectors } from './vectors.ts'

const METHOD = 'alipay.trade.pay'
const privateKey = parseKey(keys.alipay_rsa2_2048.pkcs8Pem, 'private')
const publicKey = parseKey(keys.alipay_rsa2_2048.spkiPem, 'public')
const otherKey = parseKey(keys.other_rsa2_2048.spkiPem, 'public')

const refusal = (code: string) => expect.objectContaining({ code })

const readVector = ({ input }: ReplyVector) => {
  const raw = input.rawBase64 === undefined ? Buffer.from(input.raw) : Buffer.from(input.rawBase64, 'base64')
  return readReply(raw, input.method, { charset: parseCharset(input.requestCharset) })
}

const isAccepted = async (vector: ReplyVector): Promise<boolean> => {
  try {
    return await verifyReply(readVector(vector), [alipayKey(vector.input)], vector.input.signType)
  } catch (error) {
    if (!isF2fError(error)) throw error
    return false
  }
}

/** Open questions of the vectors, and what we do: an error without a signature can be read but is never verified. */
const UNDECIDED: Readonly<Record<string, boolean>> = {
  business_failed_unsigned: false,
  invalid_app_id_unsigned: false,
  error_response_unsigned: false,
}

describe('the official vectors', () => {
  it.each(replyVectors)('$name: $expected.recommended', async (vector) => {
    const { name, expected } = vector
    const wanted = expected.recommended === 'undecided' ? UNDECIDED[name] : expected.recommended === 'accept'
    expect(await isAccepted(vector)).toBe(wanted)
  })

  it.each(Object.keys(UNDECIDED))('%s can be shown, unverified', (name) => {
    const vector = replyVectors.find((candidate) => candidate.name === name)
    expect(vector).toBeDefined()
    const reply = readVector(vector as ReplyVector)
    expect(reply.sign).toBeUndefined()
    expect(parseNode(reply.signedBytes)).toMatchObject({ code: expect.stringMatching(/^4000\d$/) })
  })

  it.each(replyVectors.filter(({ expected }) => expected.recommended === 'accept'))(
    '$name is read as the node and nothing else',
    (vector) => {
      const reply = readVector(vector)
      const key = vector.input.encryptKey
      const node = key === undefined ? reply.signedBytes : decryptBizContent(nodeCiphertext(reply), key)
      const envelope = JSON.parse(vector.input.raw) as Record<string, unknown>
      expect(parseNode(node, reply.charset)).toEqual(
        key === undefined ? envelope[reply.name] : JSON.parse(vector.plainNode ?? ''),
      )
    },
  )
})

describe('readReply', () => {
  it('tells what the reply is made of', () => {
    expect(
      readReply('{"alipay_trade_pay_response":{"code":"10000"},"alipay_cert_sn":"ab","sign":"S="}', METHOD),
    ).toEqual({
      name: 'alipay_trade_pay_response',
      kind: 'response',
      encrypted: false,
      signedBytes: Buffer.from('{"code":"10000"}'),
      sign: 'S=',
      certSn: 'ab',
      charset: 'utf-8',
    })
    expect(readReply('{"sign":"S=","error_response":{"code":"40002"}}', METHOD)).toMatchObject({
      name: 'error_response',
      kind: 'error',
    })
    const encrypted = readReply('{"alipay_trade_pay_response":"q8gx\\/w==","sign":"S="}', METHOD)
    expect(encrypted.encrypted).toBe(true)
    expect(Buffer.from(encrypted.signedBytes).toString()).toBe('"q8gx\\/w=="')
    expect(nodeCiphertext(encrypted)).toBe('q8gx/w==')
  })

  it.each(['', ',"sign":""', ',"sign":null', ',"sign":1', ',"sign":{}'])('sees no signature in %j', (member) => {
    expect(readReply(`{"error_response":{}${member}}`, METHOD).sign).toBeUndefined()
  })

  it.each([
    '',
    '<html>502 Bad Gateway</html>',
    '{"alipay_trade_pay_response":{"code":"10000"},"sign":"S="',
    '{}',
    '{"sign":"S="}',
    '{"alipay_trade_query_response":{}}',
    '{"ALIPAY_TRADE_PAY_RESPONSE":{}}',
    '{"alipay_trade_pay_response":[]}',
    '{"alipay_trade_pay_response":null}',
    '{"alipay_trade_pay_response":1}',
    '{"alipay_trade_pay_response":{},"error_response":{}}',
    '[{"alipay_trade_pay_response":{}}]',
    '\ud83c',
  ])('refuses %j', (raw) => {
    expect(() => readReply(raw, METHOD)).toThrow(refusal('REPLY_UNREADABLE'))
  })

  it('refuses a second node, also under an escaped name', () => {
    const name = 'alipay_trade_pay_response'
    for (const second of [name, name.replace('p', '\\u0070')]) {
      expect(() => readReply(`{"${name}":{},"sign":"S=","${second}":{}}`, METHOD)).toThrow(
        refusal('REPLY_DUPLICATE_MEMBER'),
      )
    }
  })

  it('throws nothing but coded errors, whatever the bytes', () => {
    const charset = fc.constantFrom('utf-8' as const, 'gbk' as const, undefined)
    const piece = fc.constantFrom('{', '}', '"', ':', ',', '\\', 'alipay_trade_pay_response', 'sign', '\xc9', ' ', '[')
    const structured = fc.array(piece).map((pieces) => Buffer.from(pieces.join(''), 'latin1'))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), structured, fc.string({ unit: 'binary' })), charset, (raw, asked) => {
        try {
          const reply = readReply(raw, METHOD, { charset: asked })
          expect(reply.name).toMatch(/_response$/)
        } catch (error) {
          expect(isF2fError(error)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

const signed = async (node: Uint8Array, signText: Uint8Array | string = node): Promise<Uint8Array> =>
  Buffer.concat([
    Buffer.from('{"alipay_trade_pay_response":'),
    node,
    Buffer.from(`,"sign":"${await sign(signText, privateKey)}"}`),
  ])

describe('verifyReply', () => {
  it('trusts any of the keys it is given, and no other', async () => {
    const reply = readReply(await signed(Buffer.from('{"code":"10000"}')), METHOD)
    expect(await verifyReply(reply, [otherKey, publicKey], 'RSA2')).toBe(true)
    expect(await verifyReply(reply, [otherKey], 'RSA2')).toBe(false)
    expect(await verifyReply(reply, [], 'RSA2')).toBe(false)
  })

  it('uses the algorithm it is told, not one the message asks for', async () => {
    const node = Buffer.from('{"code":"10000","sign_type":"RSA"}')
    const sha1 = await sign(node, privateKey, { signType: 'RSA' })
    const reply = readReply(`{"alipay_trade_pay_response":${node},"sign":"${sha1}","sign_type":"RSA"}`, METHOD)
    expect(await verifyReply(reply, [publicKey], 'RSA2')).toBe(false)
    expect(await verifyReply(reply, [publicKey], 'RSA')).toBe(true)
  })

  it('takes a slash for an escaped slash, and a backslash for nothing else', async () => {
    const accepted = async (sent: string, signText: string) =>
      verifyReply(readReply(await signed(Buffer.from(sent), signText), METHOD), [publicKey], 'RSA2')
    expect(await accepted('{"u":"https:\\/\\/a\\/b"}', '{"u":"https://a/b"}')).toBe(true)
    expect(await accepted('{"u":"a\\\\\\/b"}', '{"u":"a\\\\/b"}')).toBe(true)
    expect(await accepted('{"u":"a\\\\/b"}', '{"u":"a\\/b"}')).toBe(false)
    expect(await accepted('{"u":"a/b"}', '{"u":"a\\/b"}')).toBe(false)
    expect(await accepted('{"u":"a\\/b\\"c"}', '{"u":"a/b"c"}')).toBe(false)
  })

  it('leaves a GBK character whose second byte is a backslash alone when it unescapes slashes', async () => {
    const node = encodeText('{"u":"誠/\\/"}', 'gbk')
    const reply = readReply(await signed(node, encodeText('{"u":"誠//"}', 'gbk')), METHOD, { charset: 'gbk' })
    expect(await verifyReply(reply, [publicKey], 'RSA2')).toBe(true)
    expect(parseNode(reply.signedBytes, 'gbk')).toEqual({ u: '誠//' })
  })

  it('verifies GBK text in a utf-8 reply over its bytes, and reads it', async () => {
    const reply = readReply(await signed(encodeText('{"sub_msg":"系统繁忙誠"}', 'gbk')), METHOD)
    expect(reply.charset).toBe('gbk')
    expect(await verifyReply(reply, [publicKey], 'RSA2')).toBe(true)
    expect(parseNode(reply.signedBytes)).toEqual({ sub_msg: '系统繁忙誠' })
  })
})

describe('parseNode', () => {
  it('refuses two members of one name', () => {
    expect(() => parseNode('{"total_amount":"1","total_\\u0061mount":"2"}')).toThrow(refusal('REPLY_DUPLICATE_MEMBER'))
  })

  it.each(['', '[]', 'null', '"x"', '{"a":1}x', '{"a":tru}'])('refuses %j', (node) => {
    expect(() => parseNode(node)).toThrow(refusal('REPLY_UNREADABLE'))
  })

  it('refuses bytes that are text in no charset', () => {
    expect(() => parseNode(Buffer.from('{"a":"\xff\xff"}', 'latin1'))).toThrow(refusal('REPLY_UNREADABLE'))
  })
})

describe('nodeCiphertext', () => {
  it('refuses a node that is not encrypted', () => {
    expect(() => nodeCiphertext(readReply('{"error_response":{}}', METHOD))).toThrow(refusal('REPLY_UNREADABLE'))
  })
})
