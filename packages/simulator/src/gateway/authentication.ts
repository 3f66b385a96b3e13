import { beijingTimestamp, type Charset, canonicalize, parseBeijing, type SignType, verify } from '@f2f/core'
import type { App } from '../identity/apps.ts'
import type { CertificateAuthority } from '../identity/certificates.ts'
import type { GatewayParams } from './params.ts'
import { GatewayProblem, type ProblemSubCode } from './problem.ts'

/** What the checks need to know of the simulator. */
interface AuthenticationContext {
  readonly authority: () => CertificateAuthority
  /** Serial of the certificate an application is known by. */
  readonly appCertSn: (app: App) => string
  readonly now: () => number
  readonly timestampWindow: number
}

const REQUIRED: readonly (readonly [string, ProblemSubCode])[] = [
  ['method', 'isv.missing-method'],
  ['sign', 'isv.missing-signature'],
  ['sign_type', 'isv.missing-signature-type'],
  ['timestamp', 'isv.missing-timestamp'],
  ['version', 'isv.missing-version'],
]

const SIGN_TYPES: readonly string[] = ['RSA2', 'RSA'] satisfies SignType[]

/**
 * The gateway's checks of a known application's call, in the gateway's order: what is missing, charset, signature
 * type, certificates, signature, then the other public parameters.
 *
 * @returns the charset of the request
 * @throws GatewayProblem
 */
export const authenticate = async (
  app: App,
  { values, charset }: GatewayParams,
  context: AuthenticationContext,
): Promise<Charset> => {
  for (const [name, problem] of REQUIRED) if (!values[name]) throw new GatewayProblem(problem)
  if (charset === undefined) throw new GatewayProblem('isv.invalid-charset')
  checkSignType(app, values.sign_type)
  if (usesCertificates(app, values)) checkCertificates(app, values, context)
  await checkSignature(app, values, charset)
  checkTimestamp(values.timestamp ?? '', context)
  if ((values.format ?? 'JSON').toUpperCase() !== 'JSON') throw new GatewayProblem('isv.invalid-format')
  return charset
}

/** True when the call is one in certificate mode, by the application's setting or by its own words. */
export const usesCertificates = (app: App, values: Readonly<Record<string, string>>): boolean =>
  app.certificateMode || values.app_cert_sn !== undefined

const checkSignType = (app: App, signType: string | undefined): void => {
  if (!SIGN_TYPES.includes(signType ?? '')) throw new GatewayProblem('isv.invalid-signature-type')
  if (signType !== app.signType) throw new GatewayProblem('isv.missing-signature-config')
}

const checkCertificates = (
  app: App,
  values: Readonly<Record<string, string>>,
  context: AuthenticationContext,
): void => {
  if (!values.app_cert_sn) throw new GatewayProblem('isv.missing-app-cert-sn')
  if (!values.alipay_root_cert_sn) throw new GatewayProblem('isv.missing-alipay-root-cert-sn')
  if (values.app_cert_sn !== context.appCertSn(app)) throw new GatewayProblem('isv.app-cert-not-exist')
  if (values.alipay_root_cert_sn !== context.authority().rootSn) {
    throw new GatewayProblem('isv.invalid-alipay-root-cert-sn')
  }
}

const checkSignature = async (app: App, values: Readonly<Record<string, string>>, charset: Charset): Promise<void> => {
  const { signType } = app
  const signature = values.sign ?? ''
  for (const text of signedTexts(values)) {
    if (await verify(text, signature, app.publicKey, { signType, charset })) return
  }
  throw new GatewayProblem('isv.invalid-signature', `，网关生成的验签字符串为：${htmlEscape(canonicalize(values))}`)
}

/** The documented text without empty values, then the one with them, which the official Node and Python SDKs sign. */
const signedTexts = (values: Readonly<Record<string, string>>): readonly string[] => {
  const documented = canonicalize(values)
  const withEmpty = Object.keys(values)
    .filter((name) => name !== 'sign')
    .sort()
    .map((name) => `${name}=${values[name]}`)
    .join('&')
  return documented === withEmpty ? [documented] : [documented, withEmpty]
}

const htmlEscape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const checkTimestamp = (timestamp: string, { now, timestampWindow }: AuthenticationContext): void => {
  const sent = parseBeijing(timestamp)?.getTime()
  const isExact = sent !== undefined && beijingTimestamp(sent) === timestamp
  if (!isExact || Math.abs(now() - sent) > timestampWindow) throw new GatewayProblem('isv.invalid-timestamp')
}
