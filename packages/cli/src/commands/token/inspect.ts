import { resolve } from 'node:path'
import { isF2fError } from '@f2f/core'
import { terminalAuth } from '@f2f/terminal-auth'
import { type Call, defineCommand } from '../../command.ts'
import { readSettings, readText } from '../../config/settings.ts'
import { EXIT } from '../../exit.ts'
import { Problem } from '../../problem.ts'
import { text } from '../../text.ts'
import { ISSUER_OPTIONS, openIssuer } from './grant-options.ts'

type Claims = Readonly<Record<string, unknown>>

const claimsOf = (token: string): Claims => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    if (typeof claims === 'object' && claims !== null) return claims as Claims
  } catch {
    // Told below, without showing what it was.
  }
  throw new Problem('USAGE', text('文件里不是令牌。', 'There is no token in this file.'))
}

/** Looking needs none of the scopes, so every valid token passes. */
const ANY_ROUTE = { operation: 'inspect', scopes: [], params: {} }

const isValid = async (token: string, { flags, context }: Pick<Call, 'flags' | 'context'>): Promise<boolean> => {
  const settings = await readSettings({ flags, context })
  const issuer = await openIssuer(settings, context)
  const audience = settings.needPlain('tokenAudience')
  const authenticate = terminalAuth({ jwks: issuer.jwks(), issuer: issuer.issuer, audience, clock: context.clock })
  const request = new Request('http://till.invalid/', { headers: { authorization: `Bearer ${token}` } })
  try {
    return (await authenticate(request, ANY_ROUTE)) !== undefined
  } catch (error) {
    if (isF2fError(error) && error.code === 'AUTH_INVALID') return false
    throw error
  }
}

const instant = (claim: unknown): string | undefined =>
  typeof claim === 'number' ? new Date(claim * 1_000).toISOString() : undefined

export const tokenInspect = defineCommand({
  name: 'token inspect',
  about: text('查看并验证终端令牌', 'tell what a terminal token says, and whether it holds'),
  more: text(
    '令牌从文件读取，不显示。无效或过期时退出码为 1。是否已吊销由后端判断。',
    'The token is read from a file and not shown. Exit code 1 when it is not valid. Whether it was revoked only the back end knows.',
  ),
  arguments: [{ name: 'file', about: text('令牌文件', 'file with the token') }],
  options: ISSUER_OPTIONS,
  examples: ['f2f token inspect t1.token --json'],
  async run({ args, flags, context, output }) {
    const token = (await readText(resolve(context.cwd, args[0] ?? ''))).trim()
    const { iss, aud, sub, storeId, operatorId, merchantId, scope, refundLimit, jti, exp, iat, cnf } = claimsOf(token)
    const valid = await isValid(token, { flags, context })
    const view = {
      valid,
      tokenId: jti,
      issuer: iss,
      audience: aud,
      terminalId: sub,
      storeId,
      operatorId,
      merchantId,
      scopes: typeof scope === 'string' ? scope.split(' ') : [],
      refundLimit,
      issuedAt: instant(iat),
      expiresAt: instant(exp),
      hasOwnKey: cnf !== undefined,
    }
    output.result(view, () => [
      valid
        ? output.color.green(`✓ ${output.say(text('有效', 'valid'))}`)
        : output.color.red(`✗ ${output.say(text('无效', 'not valid'))}`),
      ...Object.entries(view).flatMap(([name, value]) =>
        value === undefined || name === 'valid' ? [] : [`  ${name}  ${String(value)}`],
      ),
    ])
    return valid ? EXIT.ok : EXIT.no
  },
})
