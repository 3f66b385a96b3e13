import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseKey } from '../../src/protocol/keys.ts'
import type { SignType } from '../../src/protocol/signature.ts'

const readVectors = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8'))

type KeyForm = 'pkcs1Pem' | 'pkcs8Pem' | 'pkcs1Bare' | 'pkcs8Bare' | 'spkiPem' | 'spkiBare' | 'rsaPublicPem'
type KeyName =
  | 'app_rsa2_2048'
  | 'alipay_rsa2_2048'
  | 'app_rsa_1024'
  | 'alipay_rsa_1024'
  | 'other_rsa2_2048'
  | 'app_rsa2_4096'

interface KeyFile {
  readonly keys: Readonly<Record<KeyName, Readonly<Record<KeyForm, string>>>> & { readonly aes128: string }
}

export const { keys } = readVectors('keys.json') as KeyFile

interface Verdicts {
  readonly recommended: 'accept' | 'reject' | 'undecided'
}

interface Verified {
  readonly alipayPublicKey: KeyName | 'inline'
  readonly alipayPublicKeyBare?: string
}

/** Alipay's public key of a vector. */
export const alipayKey = ({ alipayPublicKey, alipayPublicKeyBare }: Verified): KeyObject =>
  parseKey(alipayPublicKey === 'inline' ? (alipayPublicKeyBare ?? '') : keys[alipayPublicKey].spkiPem, 'public')

export interface RequestVector {
  readonly name: string
  readonly input: {
    readonly key: KeyName
    readonly keyForm: KeyForm
    readonly config: { readonly signType: SignType; readonly charset: string }
    readonly method: string
    readonly params: Readonly<Record<string, unknown>>
  }
  readonly expected: {
    /** Absent where the official package throws. */
    readonly canonical?: string
    readonly canonicalBytesHex?: string
    readonly sign?: string
    readonly divergesFromDocs?: boolean
    readonly http?: { readonly rawQuery: string; readonly rawBody: string }
    readonly output?: string
  }
}

export interface ReplyVector {
  readonly name: string
  readonly input: Verified & {
    readonly method: string
    readonly signType: SignType
    readonly requestCharset: string
    readonly raw: string
    readonly rawBase64?: string
    readonly encryptKey?: string
  }
  readonly plainNode?: string
  readonly expected: Verdicts
}

export interface NotifyVector {
  readonly name: string
  readonly input: Verified & { readonly form: string; readonly configSignType: SignType; readonly charset: string }
  readonly signedText: string
  readonly expected: Verdicts & {
    readonly alipaySdk: { readonly V2: string }
  }
}

export interface AesVector {
  readonly name: string
  readonly input: {
    readonly op: 'encrypt' | 'decrypt' | 'response'
    readonly keyBase64?: string
    readonly plaintext: string
    readonly ciphertextBase64: string
    readonly raw: string
  }
  readonly expected: {
    readonly ciphertextBase64: string
    readonly nodeCrypto: { readonly plaintext: string }
    readonly alipaySdk: { readonly result: unknown }
    readonly recommended: string
  }
}

export const requestVectors = readVectors('request_signing.open.json') as readonly RequestVector[]
export const replyVectors = readVectors('response_verify.open.json') as readonly ReplyVector[]
export const notifyVectors = readVectors('notify_verify.open.json') as readonly NotifyVector[]
export const aesVectors = readVectors('aes.open.json') as readonly AesVector[]
