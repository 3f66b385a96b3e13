import { readFileSync } from 'node:fs'

interface Config {
  readonly appId: string
  readonly gateway: string
  readonly privateKeyFile: string
  readonly alipayPublicKeyFile: string
  readonly notifyUrl: string
  readonly sellerId?: string
  readonly store: string
}

/** The same file that the `f2f` command reads. It names keys by their files and holds none. */
const config = JSON.parse(readFileSync('f2f.config.json', 'utf8')) as Config

export const alipayOptions = {
  appId: config.appId,
  gateway: config.gateway,
  privateKey: readFileSync(config.privateKeyFile, 'utf8'),
  alipayPublicKey: readFileSync(config.alipayPublicKeyFile, 'utf8'),
  notifyUrl: config.notifyUrl,
  sellerId: config.sellerId,
}

export const databaseFile = config.store.replace(/^sqlite:/, '')
export const port = Number(process.env.PORT ?? 3000)
