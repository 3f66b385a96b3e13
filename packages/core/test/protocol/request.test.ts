import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseForm } from '../../src/protocol/form.ts'
import { buildRequest, type RequestInput } from '../../src/protocol/request.ts'
import { keySigner, type Signer } from '../../src/protocol/signature.ts'
import keyFile from '../vectors/keys.json' with { type: 'json' }

interface Vector {
  readonly name: string
  readonly input: {
    readonly key: string
    readonly keyForm: string
    readonly config: Record<string, string>
    readonly method: string
    readonly params?: Record<string, unknown>
    readonly bizContentString?: string
  }
  readonly expected: { readonly canonical?: string; readonly sign?: string; readonly output?: string }
}

const vectors = (
  JSON.parse(readFileSync(new URL('../vectors/request_signing.open.json', import.meta.url), 'utf8')) as Vector[]
).filter((vector) => vector.expected.canonical !== undefined)

const keys = keyFile.keys as unknown as Record<string, Record<string, string>>
const signer = (name = 'app_rsa2_2048', form = 'pkcs8Pem'): Signer => keySigner(keys[name]?.[form] ?? '')

const WELL_KNOWN = ['biz_content', 'app_id', 'method', 'charset', 'sign_type', 'timestamp', 'version', 'encrypt_type']
const OWN_OPTION = ['notify_url', 'app_auth_token', 'app_cert_sn', 'alipay_root_cert_sn']

/** The parameters of a signed text. Values may hold `&`, so a new one starts only at a name that is known. */
const readCanonical = (canonical: string): Record<string, string> =>
  Object.fromEntries(
    canonical
      .split(
        /&(?=(?:alipay_sdk|app_id|format|return_url|biz_content|charset|method|notify_url|sign_type|timestamp|version|app_auth_token|app_cert_sn|alipay_root_cert_sn|encrypt_type)=)/,
      )
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )

const inputOf = ({ input, expected }: Vector): RequestInput => {
  const sent = readCanonical(expected.canonical ?? '')
  const extra = Object.entries(sent).filter(([name]) => ![...WELL_KNOWN, ...OWN_OPTION].includes(name))
  const encrypts = input.params?.needEncrypt === true || (input.config.encryptKey !== undefined && !input.params)
  return {
    gateway: 'http://127.0.0.1/gateway.do',
    appId: input.config.appId ?? '',
    method: input.method,
    timestamp: sent.timestamp ?? '',
    signer: signer(input.key, input.keyForm),
    signType: (input.config.signType ?? 'RSA2') as 'RSA2',
    charset: (input.config.charset ?? 'utf-8') as 'utf-8',
    bizContent: input.bizContentString ?? contentOf(input),
    encryptKey: encrypts ? input.config.encryptKey : undefined,
    notifyUrl: sent.notify_url,
    appAuthToken: sent.app_auth_token,
    appCertSn: sent.app_cert_sn,
    alipayRootCertSn: sent.alipay_root_cert_sn,
    extra: Object.fromEntries(extra),
  }
}

/** The npm SDK renames members of the content (`OTN` to `otn`), which is its own habit and not the protocol. */
const contentOf = ({ method, params }: Vector['input']): object | undefined => {
  const content = params?.bizContent as object | undefined
  if (method !== 'monitor.heartbeat.syn' || content === undefined) return content
  return JSON.parse(JSON.stringify(content).replace(/"(OTN|TC|STAT)":/g, (name) => name.toLowerCase()))
}

const EMPTY_VALUES = ['top_level_empty_notify_url', 'top_level_blank_value']
const queryOf = (url: string): Map<string, string> => new Map(parseForm(url.slice(url.indexOf('?') + 1)))

describe('signed requests', () => {
  it.each(vectors.filter(({ name }) => !EMPTY_VALUES.includes(name)).map((vector) => [vector.name, vector] as const))(
    '%s: the same text and signature as the official SDK',
    async (_, vector) => {
      const { canonical, url } = await buildRequest(inputOf(vector))
      expect(canonical).toBe(vector.expected.canonical)
      const sign = vector.expected.sign ?? parseForm((vector.expected.output ?? '').replace(/^.*\?/, '')).get('sign')
      expect(queryOf(url).get('sign')).toBe(sign)
    },
  )

  it('leaves out blank parameters, as the documents say and Java does, where the npm SDK signs and sends them', async () => {
    const vector = vectors.find(({ name }) => name === 'top_level_empty_notify_url')
    const { canonical, url } = await buildRequest({
      ...inputOf(vector as Vector),
      appAuthToken: ' ',
      extra: { format: '' },
    })
    expect(canonical).toBe(vector?.expected.canonical?.replace('&notify_url=', ''))
    expect([...queryOf(url).keys()].sort()).toEqual([
      'app_id',
      'charset',
      'method',
      'sign',
      'sign_type',
      'timestamp',
      'version',
    ])
  })
})

const plain = (more: Partial<RequestInput> = {}): RequestInput => ({
  gateway: 'https://gateway.example/gateway.do',
  appId: '2021000000000001',
  method: 'alipay.trade.query',
  timestamp: '2024-05-20 13:14:15',
  signer: signer(),
  bizContent: { out_trade_no: 'T1' },
  ...more,
})

describe('placement', () => {
  it('puts every public parameter into the query and only biz_content into the body', async () => {
    const { url, body, headers } = await buildRequest(
      plain({
        appAuthToken: 'token',
        notifyUrl: 'https://shop.example/n?a=1&b=2',
        appCertSn: 'a'.repeat(32),
        alipayRootCertSn: 'b'.repeat(32),
        encryptKey: keyFile.keys.aes128,
      }),
    )
    expect(url.startsWith('https://gateway.example/gateway.do?')).toBe(true)
    expect(Object.fromEntries(queryOf(url))).toMatchObject({
      app_id: '2021000000000001',
      app_auth_token: 'token',
      notify_url: 'https://shop.example/n?a=1&b=2',
      app_cert_sn: 'a'.repeat(32),
      alipay_root_cert_sn: 'b'.repeat(32),
      encrypt_type: 'AES',
      charset: 'utf-8',
      version: '1.0',
    })
    expect([...parseForm(body).keys()]).toEqual(['biz_content'])
    expect(headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' })
  })

  it('percent-encodes in the charset, which goes into the content type too', async () => {
    const { url, body, headers } = await buildRequest(plain({ charset: 'gbk', bizContent: { subject: '扫码' } }))
    expect(Buffer.from(body).toString()).toBe('biz_content=%7B%22subject%22%3A%22%C9%A8%C2%EB%22%7D')
    expect(url).toContain('charset=gbk')
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded;charset=gbk')
  })

  it.each([undefined, ''])('sends no body and no encrypt_type without content (%j)', async (bizContent) => {
    const { body, canonical } = await buildRequest(plain({ bizContent, encryptKey: keyFile.keys.aes128 }))
    expect(body).toHaveLength(0)
    expect(canonical).not.toMatch(/biz_content|encrypt_type/)
  })

  it('lets no further parameter take the place of a known one', async () => {
    const { canonical } = await buildRequest(plain({ extra: { app_id: 'other', return_url: 'https://r.example' } }))
    expect(canonical).toContain('app_id=2021000000000001&')
    expect(canonical).toContain('&return_url=https://r.example&')
  })
})

describe('requests that cannot be built are refused before anything is sent', () => {
  const code = (value: string) => expect.objectContaining({ code: value, moneyMayHaveMoved: false })

  it('a character that the charset lacks', async () => {
    const request = buildRequest(plain({ charset: 'gbk', bizContent: { subject: 'tea 🍵' } }))
    await expect(request).rejects.toThrow(code('REQUEST_UNENCODABLE'))
  })

  it('content that is no JSON', async () => {
    await expect(buildRequest(plain({ bizContent: { amount: 1n } }))).rejects.toThrow(code('REQUEST_INVALID'))
  })

  const brokenSigners: readonly (readonly [string, Signer])[] = [
    ['rejects', { sign: () => Promise.reject(new Error('KMS is down')) }],
    [
      'throws',
      {
        sign: () => {
          throw new Error('KMS is down')
        },
      },
    ],
    ['returns no base64', { sign: async () => 'not a signature\n' }],
    ['returns nothing', { sign: async () => '' }],
  ]

  it.each(brokenSigners)('a signer that %s', async (_, broken) => {
    await expect(buildRequest(plain({ signer: broken }))).rejects.toThrow(code('REQUEST_SIGN_FAILED'))
  })
})
