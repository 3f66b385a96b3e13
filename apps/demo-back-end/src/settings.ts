import type { AlipayOptions } from '@f2f/core'
import type { SigningKey } from '@f2f/terminal-auth'

/** What the environment says. */
export interface Settings {
  readonly port: number
  /** Undefined: the simulator. */
  readonly alipay: AlipayOptions | undefined
  /** Where Alipay sends notifications; undefined: nowhere, payments are asked about. */
  readonly notifyUrl: string | undefined
  /** SQLite, unless there is a `databaseUrl`. */
  readonly databaseFile: string
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  /** Undefined: a new one. */
  readonly tokenKey: SigningKey | undefined
}

/** Variables of the environment; an empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>

const portOf = (text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error('PORT must be a number from 0 (any free port) to 65535.')
}

const keyOf = (text: string): SigningKey => {
  try {
    return JSON.parse(text) as SigningKey
  } catch {
    throw new Error('TOKEN_KEY must be a private JWK in JSON, as generateSigningKey() of @f2f/terminal-auth makes it.')
  }
}

/** @throws Error that names the variable and what it must be, without its value */
export const readSettings = (environment: Environment): Settings => {
  const read = (name: string): string | undefined => environment[name] || undefined
  const required = (name: string): string => {
    const value = read(name)
    if (value === undefined) throw new Error(`ALIPAY_APP_ID is set, so ${name} is needed too.`)
    return value
  }
  const port = portOf(read('PORT') ?? '3000')
  const appId = read('ALIPAY_APP_ID')
  const here = appId === undefined && port !== 0 ? `http://127.0.0.1:${port}` : undefined
  const publicUrl = read('PUBLIC_URL') ?? here
  const tokenKey = read('TOKEN_KEY')
  const alipay = appId && {
    appId,
    privateKey: required('ALIPAY_PRIVATE_KEY'),
    alipayPublicKey: required('ALIPAY_PUBLIC_KEY'),
    gateway: read('ALIPAY_GATEWAY') ?? 'sandbox',
  }
  return {
    port,
    alipay: alipay || undefined,
    notifyUrl: publicUrl && `${publicUrl}/pay/notify`,
    databaseFile: read('DATABASE_FILE') ?? 'payments.db',
    databaseUrl: read('DATABASE_URL'),
    redisUrl: read('REDIS_URL'),
    tokenKey: tokenKey === undefined ? undefined : keyOf(tokenKey),
  }
}
