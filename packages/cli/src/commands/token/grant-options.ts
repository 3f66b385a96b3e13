import type { Scope } from '@f2f/core/http'
import { type Jwk, type TerminalGrant, type TerminalIssuer, terminalIssuer } from '@f2f/terminal-auth'
import type { Call, Flags, Option } from '../../command.ts'
import type { Settings } from '../../config/settings.ts'
import { wholeNumber } from '../../numbers.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'

/** Where the issuer's key and names come from. */
export const ISSUER_OPTIONS = {
  'token-key-file': {
    type: 'string',
    value: 'file',
    about: text('签发密钥（JWK）文件', 'file of the signing key (JWK)'),
  },
  'token-issuer': { type: 'string', value: 'url', about: text('签发者 iss', 'iss of every token') },
  'token-audience': { type: 'string', value: 'name', about: text('受众 aud', 'aud of every token') },
} as const satisfies Record<string, Option>

/** Who the till is and what it may do. */
export const GRANT_OPTIONS = {
  'store-id': { type: 'string', value: 'id', about: text('门店号（必填）', 'store (required)') },
  scopes: { type: 'string', value: 'pay,refund,…', about: text('权限（默认 pay）', 'what it may do (default pay)') },
  'refund-limit': {
    type: 'string',
    value: 'yuan',
    about: text('单笔退款上限，有 refund 时必填', 'required with refund'),
  },
  'operator-id': { type: 'string', value: 'id', about: text('操作员号', 'operator') },
} as const satisfies Record<string, Option>

export const TERMINAL_ARGUMENT = { name: 'terminal-id', about: text('终端号', 'the till') } as const

/** Checked by the issuer, field by field. */
export const grantOf = (flags: Flags<typeof GRANT_OPTIONS>, terminalId = ''): TerminalGrant => ({
  terminalId,
  storeId: flags['store-id'] ?? '',
  scopes: (flags.scopes ?? 'pay').split(',') as Scope[],
  refundLimit: flags['refund-limit'],
  operatorId: flags['operator-id'],
})

const parseJwk = (content: string): Jwk => {
  try {
    return JSON.parse(content) as Jwk
  } catch {
    throw new Problem('CONFIG', text('tokenKey 不是 JWK（JSON）。', 'tokenKey is no JWK (JSON).'))
  }
}

/** @throws Problem `CONFIG`; F2fError `CONFIG_INVALID` */
export const openIssuer = async (
  settings: Settings,
  { clock, random }: Call['context'],
  ttlSeconds?: string,
): Promise<TerminalIssuer> =>
  terminalIssuer({
    keys: [parseJwk(await settings.need('tokenKey'))],
    issuer: settings.needPlain('tokenIssuer'),
    audience: settings.needPlain('tokenAudience'),
    ttl: ttlSeconds === undefined ? undefined : wholeNumber('ttl', ttlSeconds, 1, 86_400) * 1_000,
    clock,
    random,
  })
