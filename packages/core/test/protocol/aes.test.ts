import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptBizContent, encryptBizContent, parseEncryptKey } from '../../src/protocol/aes.ts'
import { nodeCiphertext, parseNode, readReply } from '../../src/protocol/reply.ts'
import { aesVectors, keys } from './vectors.ts'

const undecryptable = expect.objectContaining({ code: 'REPLY_UNDECRYPTABLE' })
const keyOf = (base64: string | undefined): string => base64 ?? keys.aes128

const vectorsOf = (operation: string) => aesVectors.filter(({ input }) => input.op === operation)

describe('the official vectors', () => {
  it.each(vectorsOf('encrypt'))('$name', ({ input, expected }) => {
    const key = keyOf(input.keyBase64)
    expect(encryptBizContent(input.plaintext, key)).toBe(expected.ciphertextBase64)
    expect(encryptBizContent(input.plaintext, parseEncryptKey(key))).toBe(expected.ciphertextBase64)
    expect(decryptBizContent(expected.ciphertextBase64, key)).toBe(input.plaintext)
  })

  it.each(vectorsOf('decrypt'))('$name', ({ input, expected }) => {
    const decrypt = () => decryptBizContent(input.ciphertextBase64, keyOf(input.keyBase64))
    if (expected.recommended === 'error') expect(decrypt).toThrow(undecryptable)
    else expect(decrypt()).toBe(expected.nodeCrypto.plaintext)
  })

  it.each(vectorsOf('response'))('$name', ({ input, expected }) => {
    const reply = readReply(input.raw, 'alipay.trade.query')
    expect(reply.encrypted).toBe(true)
    const plaintext = decryptBizContent(nodeCiphertext(reply), keyOf(input.keyBase64))
    expect(parseNode(plaintext)).toEqual(expected.alipaySdk.result)
  })

  it('cover every operation', () => {
    expect(new Set(aesVectors.map(({ input }) => input.op))).toEqual(new Set(['encrypt', 'decrypt', 'response']))
  })
})

describe('decryptBizContent', () => {
  it.each(['', '=', 'not base64!', `${encryptBizContent('{}', keys.aes128)}\n`, 'q8gxA1Xf'])(
    'refuses the ciphertext %j',
    (ciphertext) => {
      expect(() => decryptBizContent(ciphertext, keys.aes128)).toThrow(undecryptable)
    },
  )

  it('reads back every text, in utf-8 and gbk', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decryptBizContent(encryptBizContent(text, keys.aes128), keys.aes128)).toBe(text)
      }),
    )
    const ciphertext = encryptBizContent('当面付', keys.aes128, 'gbk')
    expect(decryptBizContent(ciphertext, keys.aes128, 'gbk')).toBe('当面付')
    expect(() => decryptBizContent(ciphertext, keys.aes128)).toThrow(undecryptable)
  })
})

describe('parseEncryptKey', () => {
  it('holds the key so that it cannot be printed', () => {
    const key = parseEncryptKey(` ${keys.aes128}\n`)
    expect(key.symmetricKeySize).toBe(16)
    expect(JSON.stringify(key)).not.toContain(keys.aes128)
  })

  it.each(['', 'short', 'AAAA', `${keys.aes128}AAAA`, '!!!', Buffer.alloc(20).toString('base64'), null as never])(
    'refuses %j',
    (text) => {
      expect(() => parseEncryptKey(text)).toThrow(expect.objectContaining({ code: 'CONFIG_ENCRYPT_KEY_INVALID' }))
      expect(() => encryptBizContent('{}', text)).toThrow(
        expect.objectContaining({ code: 'CONFIG_ENCRYPT_KEY_INVALID' }),
      )
    },
  )
})
