import { z } from 'zod'

const file = (what: string) => z.string().min(1).describe(`${what} A path, relative to this file.`)

/** `f2f.config.json`. It holds no secret: keys, tokens and addresses with passwords are named by their files. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    lang: z.enum(['zh', 'en']).describe('Language of the command.'),
    appId: z
      .string()
      .regex(/^\d{16}$/)
      .describe("The application's id: 16 digits."),
    gateway: z.string().min(1).describe('production, sandbox, or an address.'),
    privateKeyFile: file("The application's private key."),
    alipayPublicKeyFile: file("Alipay's public key (支付宝公钥), for public-key mode."),
    appCertFile: file('appCertPublicKey_….crt, for certificate mode.'),
    alipayCertFile: file('alipayCertPublicKey_RSA2.crt.'),
    rootCertFile: file('alipayRootCert.crt.'),
    encryptKeyFile: file('The AES key of content encryption.'),
    appAuthTokenFile: file('The token of the merchant to act for.'),
    sellerId: z
      .string()
      .regex(/^2088\d{12}$/)
      .describe('Account the money goes to: 2088….'),
    signType: z.enum(['RSA2', 'RSA']),
    charset: z.enum(['utf-8', 'gbk']),
    notifyUrl: z
      .url({ protocol: /^https?$/ })
      .max(256)
      .meta({ description: 'Where Alipay sends notifications.', pattern: '^https?://' }),
    timeout: z.int().min(1).max(600_000).describe('Most that one call may take, ms.'),
    store: z
      .string()
      .min(1)
      .describe('sqlite:file.db, postgres://… or mysql://…, without a password. Default sqlite:f2f-payments.db.'),
    storeFile: file("A file with the store's address, when it has a password."),
    reports: z
      .enum(['keep', 'none'])
      .describe(
        'keep: settled payments stay to be reported by the back end that shares the store. none: nobody waits for them. Default keep, and none without a store.',
      ),
    queue: z.string().min(1).describe('redis://… or postgres://…, without a password: the queue of @f2f/bullmq.'),
    queueFile: file("A file with the queue's address, when it has a password."),
    queueName: z.string().min(1).describe('Default f2f.'),
    tokenKeyFile: file('The private JWK that signs terminal tokens.'),
    tokenIssuer: z.string().min(1).describe('iss of terminal tokens.'),
    tokenAudience: z.string().min(1).describe('aud of terminal tokens.'),
  })
  .partial()
  .meta({ title: 'f2f.config.json', description: 'Settings of the f2f command.' })

export type Config = z.infer<typeof configSchema>

/** The published JSON Schema. */
export const jsonSchema = (): object => z.toJSONSchema(configSchema, { target: 'draft-2020-12' })
