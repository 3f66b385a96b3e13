import { type Charset, holdingClock } from '@f2f/core'
import { signReply } from '@f2f/core/testing'
import type { App } from '../identity/apps.ts'
import type { World } from '../world.ts'
import { usesCertificates } from './authentication.ts'
import type { GatewayParams } from './params.ts'
import type { ReplyNode } from './problem.ts'

/** Turns a node into the HTTP answer of one call. */
export type Replier = (node: ReplyNode, options?: ReplyShape) => Promise<Response>

/** What differs from a plain, well signed answer. */
interface ReplyShape {
  /** Put a wrong signature under it. */
  readonly wrongSignature?: boolean
  /** Encrypt the node with the application's key. */
  readonly encrypted?: boolean
}

const response = (world: World, body: Uint8Array | string, charset: string): Response =>
  new Response(body, {
    headers: { 'content-type': `text/html;charset=${charset}`, trace_id: world.numbers.traceId() },
  })

/** Method names the gateway repeats in the node's name; others get `error_response`. */
const METHOD_NAME = /^[a-z]+(?:\.[a-z0-9]+)+$/

const nodeName = (method: string | undefined): string =>
  method !== undefined && METHOD_NAME.test(method) ? `${method.replaceAll('.', '_')}_response` : 'error_response'

/** Answers for callers the gateway does not know: it has no key to sign with (protocol §3.5). */
export const unsignedReplier =
  (world: World, method: string | undefined): Replier =>
  async (node) =>
    response(world, JSON.stringify({ [nodeName(method)]: node }), 'utf-8')

/** Answers signed as the application is configured. */
export const signedReplier = (world: World, app: App, { values, charset = 'utf-8' }: GatewayParams): Replier => {
  const { method } = values
  const certSn = usesCertificates(app, values) ? world.authority().alipaySn() : undefined
  return (node, { wrongSignature = false, encrypted = false } = {}) =>
    holdingClock(world.clock, async () => {
      const bytes = await signReply(method ?? '', node, world.alipayKey.privateKey, {
        signType: app.signType,
        charset,
        certSn,
        nodeName: nodeName(method),
        encryptKey: encrypted ? app.encryptKey : undefined,
      })
      return response(world, wrongSignature ? spoilSignature(bytes) : bytes, contentCharset(values, charset))
    })
}

/** The charset's name as the caller wrote it. */
const contentCharset = (values: GatewayParams['values'], charset: Charset): string =>
  values.charset !== undefined && /^[\w-]+$/.test(values.charset) ? values.charset : charset

const SIGNATURE_START = '"sign":"'

/** Changes the first character of the signature, which stays base64 of the right length. */
const spoilSignature = (bytes: Uint8Array): Uint8Array => {
  const spoiled = Buffer.from(bytes)
  const first = spoiled.lastIndexOf(SIGNATURE_START) + SIGNATURE_START.length
  spoiled.write(spoiled.toString('latin1', first, first + 1) === 'A' ? 'B' : 'A', first, 'latin1')
  return spoiled
}
