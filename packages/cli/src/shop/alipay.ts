import { type Alipay, type AlipayOptions, createAlipay } from '@f2f/core'
import type { Settings } from '../config/settings.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'

const trustOf = async (settings: Settings): Promise<Pick<AlipayOptions, 'alipayPublicKey' | 'certificates'>> => {
  const [app, alipay, root] = await Promise.all([
    settings.secret('appCert'),
    settings.secret('alipayCert'),
    settings.secret('rootCert'),
  ])
  if (app === undefined && alipay === undefined && root === undefined)
    return { alipayPublicKey: await settings.need('alipayPublicKey') }
  if (app !== undefined && alipay !== undefined && root !== undefined) return { certificates: { app, alipay, root } }
  throw new Problem(
    'CONFIG',
    text(
      '证书模式需要三个文件：appCertFile、alipayCertFile、rootCertFile。',
      'Certificate mode needs three files: appCertFile, alipayCertFile and rootCertFile.',
    ),
  )
}

/**
 * The options of `createAlipay` from the settings.
 *
 * @throws Problem `CONFIG`, `FILE`
 */
export const alipayOptions = async (settings: Settings, context: Context): Promise<AlipayOptions> => ({
  appId: settings.needPlain('appId'),
  privateKey: await settings.need('privateKey'),
  ...(await trustOf(settings)),
  gateway: settings.get('gateway'),
  signType: settings.get('signType'),
  charset: settings.get('charset'),
  encryptKey: await settings.secret('encryptKey'),
  appAuthToken: await settings.secret('appAuthToken'),
  notifyUrl: settings.get('notifyUrl'),
  sellerId: settings.get('sellerId'),
  timeout: settings.get('timeout'),
  clock: context.clock,
})

/** @throws Problem `CONFIG`, `FILE`; F2fError `CONFIG_*` */
export const openAlipay = async (settings: Settings, context: Context): Promise<Alipay> =>
  createAlipay(await alipayOptions(settings, context))
