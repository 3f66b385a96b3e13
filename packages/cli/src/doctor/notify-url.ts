import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { text } from '../text.ts'
import { type Examination, error, type Finding, ok, skipped, warning } from './finding.ts'

const PATIENCE = 10_000

const privateNetworks = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(net, bits, 'ipv4')
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')
privateNetworks.addSubnet('fe80::', 10, 'ipv6')

const isPrivate = (address: string): boolean => privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

const where = async (host: string): Promise<Finding | undefined> => {
  try {
    const { address } = await lookup(host.replace(/^\[|\]$/g, ''))
    if (!isPrivate(address)) return undefined
    return error(
      'notify.public',
      text(`${host} 是内网地址，支付宝访问不到`, `${host} is a private address: Alipay cannot reach it`),
      text('使用公网域名（开发时可用模拟网关）', 'Use a public name; for development there is f2f simulate.'),
    )
  } catch {
    return error(
      'notify.public',
      text(`域名 ${host} 无法解析`, `the name ${host} cannot be resolved`),
      text('检查 DNS', 'Check the DNS.'),
    )
  }
}

const FORGED = 'notify_type=trade_status_sync&out_trade_no=F2FDOCTOR&sign_type=RSA2&sign=Zm9yZ2Vk'

const answered = (status: number, body: string): Finding => {
  const said = body.trim()
  if (said === 'success')
    return error(
      'notify.forged',
      text('该地址接受了伪造的通知（回复 success）', 'the address takes a forged notification for genuine'),
      text('先验签再处理：使用 cashier.handleNotify', 'Verify before anything else: cashier.handleNotify does.'),
    )
  if (said === 'fail')
    return ok(
      'notify.forged',
      text('通知地址可达，并拒绝了伪造的通知', 'the address answers, and refuses a forged notification'),
    )
  return warning(
    'notify.forged',
    text(`通知地址的回复不是 fail（HTTP ${status}）`, `the address does not answer fail (HTTP ${status})`),
    text('确认路径正确，并挂载了通知处理（POST …/notify）', 'Check the path, and that POST …/notify is mounted there.'),
  )
}

/** Where Alipay sends its notifications: over https, in public, and by somebody who checks signatures. */
export const examineNotifyUrl: Examination = async ({ settings, context }) => {
  const given = settings.get('notifyUrl')
  if (given === undefined)
    return [
      skipped(
        'notify',
        text('没有配置 notifyUrl，只靠查询得知结果', 'no notifyUrl: results are learnt by asking only'),
      ),
    ]
  const url = new URL(given)
  const findings: Finding[] = []
  if (url.protocol !== 'https:')
    findings.push(
      warning(
        'notify.https',
        text('通知地址不是 https', 'the address is not https'),
        text('换成 https 地址', 'Use an https address.'),
      ),
    )
  const place = await where(url.hostname)
  if (place !== undefined) findings.push(place)
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)])
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const response = await context.fetch(url, { method: 'POST', headers, body: FORGED, redirect: 'manual', signal })
    findings.push(answered(response.status, (await response.text()).slice(0, 100)))
  } catch {
    findings.push(
      error(
        'notify.reach',
        text('通知地址没有应答', 'nothing answers at the address'),
        text(
          '确认后端已启动、端口开放、证书有效',
          'Check that the back end runs, its port is open, its certificate valid.',
        ),
      ),
    )
  }
  return findings
}
