import { decryptBizContent } from '@f2f/core'
import type { App, Merchant } from '../identity/apps.ts'
import type { NotifyTarget } from '../ledger/trade.ts'
import type { World } from '../world.ts'
import { authenticate } from './authentication.ts'
import type { BizContent } from './biz-content.ts'
import type { Call, GatewayMethod } from './call.ts'
import { METHODS } from './methods/index.ts'
import { type GatewayParams, readParams } from './params.ts'
import { GatewayProblem } from './problem.ts'
import { type Replier, signedReplier, unsignedReplier } from './reply.ts'

/** A call that passed every check of the gateway itself. */
export interface Received {
  readonly call: Call
  readonly method: GatewayMethod
  /** The answer's node is encrypted because the question was. */
  readonly encrypted: boolean
}

/** A request, and how to answer it: a call, or what is wrong with it. */
type Reception =
  | { readonly reply: Replier; readonly received: Received }
  | { readonly reply: Replier; readonly problem: GatewayProblem }

/** Takes a request in: reads, authenticates and decrypts it. An unknown application is told so before all else. */
export const receive = async (world: World, request: Request): Promise<Reception> => {
  let reply = unsignedReplier(world, undefined)
  try {
    const params = await readParams(request)
    reply = unsignedReplier(world, params.values.method)
    const app = identify(world, params)
    reply = signedReplier(world, app, params)
    return { reply, received: await readCall(world, app, params, new URL(request.url).origin) }
  } catch (error) {
    if (error instanceof GatewayProblem) return { reply, problem: error }
    throw error
  }
}

const identify = (world: World, { values }: GatewayParams): App => {
  if (!values.app_id) throw new GatewayProblem('isv.missing-app-id')
  const app = world.registry.app(values.app_id)
  if (app === undefined) throw new GatewayProblem('isv.invalid-app-id')
  return app
}

const readCall = async (world: World, app: App, params: GatewayParams, origin: string): Promise<Received> => {
  const { values } = params
  const charset = await authenticate(app, params, {
    authority: world.authority,
    appCertSn: (known) => world.appCertificate(known).sn,
    now: () => world.clock.now(),
    timestampWindow: world.settings.timestampWindow,
  })
  const method = METHODS.get(values.method ?? '')
  if (method === undefined) throw new GatewayProblem('isv.invalid-method')
  const merchant = actingFor(world, app, values.app_auth_token)
  const encrypted = Boolean(values.encrypt_type)
  const content = encrypted ? decryptContent(app, { values, charset }) : (values.biz_content ?? '{}')
  const notify = readNotify(values.notify_url, charset)
  return { call: { app, merchant, biz: parseContent(content), notify, origin }, method, encrypted }
}

const actingFor = (world: World, app: App, token: string | undefined): Merchant => {
  if (!token) return app.owner
  const grant = world.grants.find(token, app.appId)
  const merchant = grant && world.registry.merchant(grant.userId)
  if (merchant === undefined) throw new GatewayProblem('aop.invalid-app-auth-token')
  return merchant
}

const decryptContent = (app: App, { values, charset }: GatewayParams): string => {
  if (values.encrypt_type !== 'AES') throw new GatewayProblem('isv.decryption-error-not-valid-encrypt-type')
  if (app.encryptKey === undefined) throw new GatewayProblem('isv.decryption-error-not-valid-encrypt-key')
  try {
    return decryptBizContent(values.biz_content ?? '', app.encryptKey, charset)
  } catch {
    throw new GatewayProblem('isv.decryption-error-unknown')
  }
}

const parseContent = (content: string): BizContent => {
  const value = tryParse(content)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new GatewayProblem('isv.illegal-json')
  return value as BizContent
}

const tryParse = (content: string): unknown => {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

const readNotify = (url: string | undefined, charset: string): NotifyTarget | undefined => {
  if (!url) return undefined
  if (url.length > 256 || !/^https?:\/\/\S+$/.test(url))
    throw new GatewayProblem('isv.invalid-parameter', '：notify_url')
  return { url, charset }
}
