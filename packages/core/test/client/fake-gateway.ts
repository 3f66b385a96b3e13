import { createSign, createVerify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { createAlipay } from '../../src/client/alipay.ts'
import type { AlipayOptions } from '../../src/client/options.ts'
import type { Clock } from '../../src/clock.ts'
import { encodeText } from '../../src/protocol/charset.ts'
import { parseForm } from '../../src/protocol/form.ts'
import keyFile from '../vectors/keys.json' with { type: 'json' }
import { type Loopback, serveHttp } from './loopback.ts'

export const KEYS = keyFile.keys
export const APP_ID = '2021000000000001'

export interface SigningOptions {
  /** PEM; default: the vectors' Alipay key. */
  readonly key?: string
  readonly digest?: 'RSA-SHA256' | 'RSA-SHA1'
  readonly charset?: 'utf-8' | 'gbk'
  readonly certSn?: string
  /** Instead of a genuine signature; undefined leaves it out. */
  readonly sign?: string | undefined
  readonly name?: string
}

/** A reply as the gateway writes it: the node's text, and a signature over exactly that text. */
export const signedReply = (method: string, node: string, options: SigningOptions = {}): Buffer => {
  const { key = KEYS.alipay_rsa2_2048.pkcs8Pem, digest = 'RSA-SHA256', charset = 'utf-8', certSn } = options
  const signature = createSign(digest).update(encodeText(node, charset)).sign(key, 'base64')
  const sign = 'sign' in options ? options.sign : signature
  const name = options.name ?? `${method.replaceAll('.', '_')}_response`
  const members = [
    `"${name}":${node}`,
    ...(certSn === undefined ? [] : [`"alipay_cert_sn":"${certSn}"`]),
    ...(sign === undefined ? [] : [`"sign":"${sign}"`]),
  ]
  return Buffer.from(encodeText(`{${members.join(',')}}`, charset))
}

/** One request as the gateway understands it. */
export interface Received {
  readonly method: string
  readonly params: ReadonlyMap<string, string>
  readonly content: Record<string, unknown> | undefined
  /** Answers with a signed node. */
  ok(node: Record<string, unknown>, options?: SigningOptions): void
  /** Answers with a raw body. */
  raw(body: string | Buffer): void
  readonly reply: ServerResponse
}

export interface Gateway extends Loopback {
  readonly received: Received[]
}

/** A gateway of one test. It checks every request's signature before `answer` sees it. */
export const serveGateway = async (
  answer: (received: Received) => void,
  appKey: string = KEYS.app_rsa2_2048.spkiPem,
): Promise<Gateway> => {
  const received: Received[] = []
  const server = await serveHttp((reply, request, body) => {
    const query = String(request.url).replace(/^[^?]*\?/, '')
    const params = new Map(parseForm(body === '' ? query : `${query}&${body}`))
    assertSigned(params, appKey)
    const method = params.get('method') ?? ''
    const plain = params.get('encrypt_type') === undefined ? params.get('biz_content') : undefined
    const one: Received = {
      method,
      params,
      content: plain === undefined ? undefined : JSON.parse(plain),
      ok: (node, options) => one.raw(signedReply(method, JSON.stringify(node), options)),
      raw: (bytes) => {
        reply.setHeader('content-type', 'text/html;charset=utf-8')
        reply.end(bytes)
      },
      reply,
    }
    received.push(one)
    answer(one)
  })
  return Object.assign(server, { received })
}

const assertSigned = (params: Map<string, string>, appKey: string): void => {
  const text = [...params]
    .filter(([name]) => name !== 'sign')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const bytes = encodeText(text, (params.get('charset') ?? 'utf-8') as 'utf-8')
  const digest = params.get('sign_type') === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256'
  const holds = createVerify(digest)
    .update(bytes)
    .verify(appKey, params.get('sign') ?? '', 'base64')
  if (!holds) throw new Error('The request is not signed by the application.')
}

/** A client of that gateway, in public-key mode unless `more` says otherwise. */
export const clientFor = (server: { readonly url: string }, more: Partial<AlipayOptions> = {}) =>
  createAlipay({
    appId: APP_ID,
    privateKey: KEYS.app_rsa2_2048.pkcs8Pem,
    ...(more.certificates === undefined ? { alipayPublicKey: KEYS.alipay_rsa2_2048.spkiPem } : {}),
    gateway: server.url,
    ...more,
  })

/** A clock whose timers fire only when told to. */
export class HandClock implements Clock {
  time = Date.UTC(2026, 0, 1)
  readonly timers = new Set<{ readonly fn: () => void; readonly at: number }>()

  now(): number {
    return this.time
  }

  setTimeout(fn: () => void, ms: number): () => void {
    const timer = { fn, at: this.time + ms }
    this.timers.add(timer)
    return () => this.timers.delete(timer)
  }

  advance(ms: number): void {
    this.time += ms
    for (const timer of [...this.timers].filter(({ at }) => at <= this.time)) {
      this.timers.delete(timer)
      timer.fn()
    }
  }
}
