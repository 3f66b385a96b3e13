import type { KeyObject } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { isOwnPublicKey, parseKey } from '@f2f/core'
import { text } from '../text.ts'
import { type Examination, error, type Finding, ok, stumbled, warning } from './finding.ts'

const RSA2_BITS = 2048

const fileMode = async (path: string | undefined): Promise<readonly Finding[]> => {
  if (path === undefined || process.platform === 'win32' || ((await stat(path)).mode & 0o077) === 0) return []
  return [
    warning(
      'keys.mode',
      text(`私钥文件 ${path} 其他用户可读`, `others can read the private key ${path}`),
      text(`chmod 600 ${path}`, `chmod 600 ${path}`),
    ),
  ]
}

const alipaysKey = (privateKey: KeyObject, given: string): Finding => {
  try {
    if (!isOwnPublicKey(privateKey, parseKey(given, 'public')))
      return ok('keys.alipay', text('支付宝公钥可用', "Alipay's public key can be used"))
  } catch (cause) {
    return stumbled('keys.alipay', cause)
  }
  return error(
    'keys.own-public-key',
    text('alipayPublicKey 是自己的应用公钥', "alipayPublicKey is the application's own public key"),
    text(
      '到开放平台控制台复制「支付宝公钥」（不是应用公钥）',
      'Copy 支付宝公钥 (not 应用公钥) from the Alipay console.',
    ),
  )
}

/** The application's private key, and whether Alipay's public key is really Alipay's. */
export const examineKeys: Examination = async ({ settings, context }) => {
  const findings: Finding[] = []
  const read = async () => parseKey(await settings.need('privateKey'), 'private')
  const privateKey = await read().catch((cause: unknown) => stumbled('keys.private', cause))
  if ('level' in privateKey) return [privateKey]
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0
  findings.push(
    bits < RSA2_BITS
      ? error(
          'keys.private',
          text(`应用私钥只有 ${bits} 位`, `the private key has ${bits} bits`),
          text(
            '用 f2f keys new 生成 2048 位密钥并在控制台更新',
            'Make a new one with f2f keys new and give it to the console.',
          ),
        )
      : ok('keys.private', text(`应用私钥可用（${bits} 位）`, `the private key can be used (${bits} bits)`)),
  )
  if (context.env.F2F_PRIVATE_KEY === undefined) findings.push(...(await fileMode(settings.path('privateKeyFile'))))
  const given = await settings.secret('alipayPublicKey')
  if (given !== undefined) findings.push(alipaysKey(privateKey, given))
  return findings
}
