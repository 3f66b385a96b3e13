import type { Option } from '../command.ts'
import { text } from '../text.ts'

/** Settings that are plain values, in the file, the environment and as flags alike. */
export const PLAIN = [
  'appId',
  'gateway',
  'sellerId',
  'signType',
  'charset',
  'notifyUrl',
  'timeout',
  'store',
  'reports',
  'queue',
  'queueName',
  'tokenIssuer',
  'tokenAudience',
] as const

/** Settings that are files. `secret` ones may come by value in the environment; nothing else may hold them. */
export const FILES = [
  'privateKey',
  'alipayPublicKey',
  'appCert',
  'alipayCert',
  'rootCert',
  'encryptKey',
  'appAuthToken',
  'tokenKey',
] as const

export type PlainName = (typeof PLAIN)[number]
export type FileName = (typeof FILES)[number]

const words = (name: string): readonly string[] => name.split(/(?=[A-Z])/)

/** `appId` → `F2F_APP_ID`. */
export const envName = (name: string): string => `F2F_${words(name).join('_').toUpperCase()}`

/** `appId` → `app-id`. */
export const flagName = (name: string): string => words(name).join('-').toLowerCase()

const keyFile = (zh: string, en: string) => ({ type: 'string', value: 'file', about: text(zh, en) }) as const

/** How to reach Alipay. */
export const ALIPAY_OPTIONS = {
  'app-id': { type: 'string', value: 'id', about: text('应用 APPID', 'application id') },
  gateway: {
    type: 'string',
    value: 'name|url',
    about: text('production、sandbox 或网关地址', 'production, sandbox, or an address'),
  },
  'private-key-file': keyFile('应用私钥文件', "file of the application's private key"),
  'alipay-public-key-file': keyFile('支付宝公钥文件', "file of Alipay's public key"),
  'app-cert-file': keyFile('应用公钥证书', "the application's certificate"),
  'alipay-cert-file': keyFile('支付宝公钥证书', "Alipay's certificate"),
  'root-cert-file': keyFile('支付宝根证书', "Alipay's root certificates"),
  'encrypt-key-file': keyFile('内容加密 AES 密钥文件', 'file of the AES key'),
  'app-auth-token-file': keyFile('代商家调用的令牌文件', "file of a merchant's token"),
  'seller-id': { type: 'string', value: '2088…', about: text('收款账号', 'account the money goes to') },
  'notify-url': { type: 'string', value: 'url', about: text('异步通知地址', 'where Alipay notifies') },
  timeout: { type: 'string', value: 'ms', about: text('单次调用的时限', 'most that one call may take') },
} as const satisfies Record<string, Option>

/** Where payments are kept. */
export const STORE_OPTIONS = {
  store: {
    type: 'string',
    value: 'address',
    about: text(
      'sqlite:文件、postgres:// 或 mysql://（不含密码；含密码时用 F2F_STORE 或 --store-file）',
      'sqlite:file, postgres:// or mysql:// (no password: use F2F_STORE or --store-file for one)',
    ),
  },
  'store-file': keyFile('内含数据库地址的文件', "file with the store's address"),
} as const satisfies Record<string, Option>
