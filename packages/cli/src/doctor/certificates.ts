import {
  certExpiry,
  certPublicKey,
  certSn,
  isOwnPublicKey,
  isTrustedCertificate,
  parseKey,
  rootCertSn,
} from '@f2f/core'
import { text } from '../text.ts'
import { type Examination, error, type Finding, ok, skipped, warning } from './finding.ts'

const DAY = 24 * 3_600_000
const SOON = 30 * DAY

const NAMES = {
  appCert: text('应用公钥证书', "the application's certificate"),
  alipayCert: text('支付宝公钥证书', "Alipay's certificate"),
}

const expiry = (name: keyof typeof NAMES, pem: string, now: number): Finding => {
  const id = `certificates.${name}`
  const end = certExpiry(pem)
  const left = end.getTime() - now
  const { zh, en } = NAMES[name]
  const day = end.toISOString().slice(0, 10)
  const fix = text('在控制台更新证书并替换文件', 'Renew it in the console and replace the file.')
  if (left <= 0) return error(id, text(`${zh}已于 ${day} 过期`, `${en} expired on ${day}`), fix)
  if (left < SOON) return warning(id, text(`${zh}将于 ${day} 过期`, `${en} expires on ${day}`), fix)
  return ok(id, text(`${zh}有效期至 ${day}（SN ${certSn(pem)}）`, `${en} is valid until ${day} (SN ${certSn(pem)})`))
}

/** The three files of certificate mode: do they belong together, and for how long. */
export const examineCertificates: Examination = async ({ settings, context }) => {
  const [app, alipay, root] = await Promise.all([
    settings.secret('appCert'),
    settings.secret('alipayCert'),
    settings.secret('rootCert'),
  ])
  if (app === undefined && alipay === undefined && root === undefined)
    return [skipped('certificates', text('公钥模式，没有证书', 'public-key mode: there are no certificates'))]
  if (app === undefined || alipay === undefined || root === undefined)
    return [
      error(
        'certificates',
        text('证书模式需要三个文件', 'certificate mode needs three files'),
        text('配置 appCertFile、alipayCertFile、rootCertFile', 'Give appCertFile, alipayCertFile and rootCertFile.'),
      ),
    ]
  const now = context.clock.now()
  const findings = [expiry('appCert', app, now), expiry('alipayCert', alipay, now)]
  const privateKey = parseKey(await settings.need('privateKey'), 'private')
  if (!isOwnPublicKey(privateKey, certPublicKey(app)))
    findings.push(
      error(
        'certificates.pair',
        text('应用公钥证书与应用私钥不是一对', "the application's certificate is not of this private key"),
        text('用同一次 CSR 的私钥和证书', 'Use the certificate made from the request (CSR) of this key.'),
      ),
    )
  if (isOwnPublicKey(privateKey, certPublicKey(alipay)))
    findings.push(
      error(
        'keys.own-public-key',
        text(
          '支付宝公钥证书的位置放的是自己的应用证书',
          "the application's own certificate stands in the place of Alipay's",
        ),
        text('使用 alipayCertPublicKey_RSA2.crt', 'Use alipayCertPublicKey_RSA2.crt.'),
      ),
    )
  findings.push(
    rootCertSn(root) !== '' && isTrustedCertificate(alipay, root, now)
      ? ok('certificates.root', text('支付宝公钥证书由根证书签发', "Alipay's certificate goes back to the root file"))
      : error(
          'certificates.root',
          text('支付宝公钥证书不能由根证书验证', "Alipay's certificate does not go back to the root file"),
          text('从控制台重新下载全部三个文件', 'Download all three files from the console again.'),
        ),
  )
  return findings
}
