import { isF2fError } from '@f2f/core'
import { openAlipay } from '../shop/alipay.ts'
import { newNumber } from '../shop/numbers.ts'
import { type Text, text } from '../text.ts'
import { type Examination, error, type Finding, ok, skipped, stumbled, warning } from './finding.ts'

const ADDRESSES: Readonly<Record<string, string>> = {
  production: 'https://openapi.alipay.com/gateway.do',
  sandbox: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
}

const PATIENCE = 10_000
const CLOCK_OFF = 60_000
const CLOCK_WRONG = 600_000

const clockFinding = (date: string | null, before: number, after: number): Finding => {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return skipped('clock', text('网关没有给出时间', 'the gateway tells no time'))
  // The header has whole seconds, and was written somewhere between the two.
  const off = Math.max(0, before - theirs - 1_000, theirs - after)
  const seconds = Math.round(off / 1_000)
  if (off <= CLOCK_OFF) return ok('clock', text('时钟与网关一致', "the clock agrees with the gateway's"))
  const found = text(`时钟与网关相差 ${seconds} 秒`, `the clock is ${seconds} seconds off the gateway's`)
  const fix = text('打开 NTP 校时：timedatectl set-ntp true', 'Turn NTP on: timedatectl set-ntp true')
  return off > CLOCK_WRONG ? error('clock', found, fix) : warning('clock', found, fix)
}

const refused = (code: string, fix: Text): Finding =>
  error('signature', text(`网关拒绝：${code}`, `the gateway refuses: ${code}`), fix)

const REFUSALS: readonly (readonly [RegExp, Text])[] = [
  [
    /invalid-signature/i,
    text(
      '应用私钥与控制台登记的应用公钥不是一对：用 f2f keys check 核对，并把应用公钥粘贴到控制台',
      'The private key is not of the public key that the console has: f2f keys check, and paste the public key there.',
    ),
  ],
  [
    /invalid-app-id/i,
    text('检查 appId 和 gateway（沙箱与正式不同）', 'Check appId and gateway: the sandbox has its own.'),
  ],
  [
    /permission|access-forbidden/i,
    text('在控制台签约「当面付」并上线应用', 'Sign the contract for Face-to-Face payments (当面付) in the console.'),
  ],
]

const LOOK = text('在开放平台文档中查这个错误码', "Look this code up in Alipay's documentation.")

const fixOf = (code: string): Text => REFUSALS.find(([pattern]) => pattern.test(code))?.[1] ?? LOOK

/** A query for a number nobody has: it changes nothing, and needs everything to be right. */
const signedQuery: Examination = async ({ settings, context }) => {
  try {
    const alipay = await openAlipay(settings, context)
    const reply = await alipay.query({ out_trade_no: newNumber('F2FDOCTOR', context) }, { timeout: PATIENCE })
    if (reply.code === '10000' || reply.sub_code === 'ACQ.TRADE_NOT_EXIST')
      return [
        ok('signature', text('签名查询成功，回复验签通过', 'a signed query was answered, and the answer is genuine')),
      ]
    const code = reply.sub_code ?? reply.code
    return [refused(code, fixOf(code))]
  } catch (cause) {
    if (!isF2fError(cause)) return [stumbled('signature', cause)]
    if (cause.code === 'REPLY_BAD_SIGNATURE')
      return [
        error(
          'signature',
          text('回复的签名不是用配置的支付宝公钥签的', "the reply is not signed with the key given as Alipay's"),
          text('到控制台复制这个应用的「支付宝公钥」', "Copy this application's 支付宝公钥 from the console."),
        ),
      ]
    const { subCode } = cause.details
    return [typeof subCode === 'string' ? refused(subCode, fixOf(subCode)) : stumbled('signature', cause)]
  }
}

/** Is the gateway there, what time has it, and does it know this application. */
export const examineGateway: Examination = async (patient) => {
  const { settings, context } = patient
  const named = settings.get('gateway') ?? 'production'
  const address = ADDRESSES[named] ?? named
  const before = context.clock.now()
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)])
    const response = await context.fetch(address, { redirect: 'manual', signal })
    await response.body?.cancel()
    const clock = clockFinding(response.headers.get('date'), before, context.clock.now())
    const reached = ok('gateway', text(`网关可达：${address}`, `the gateway answers: ${address}`))
    return [reached, clock, ...(await signedQuery(patient))]
  } catch {
    return [
      error(
        'gateway',
        text(`无法连接网关 ${address}`, `the gateway ${address} cannot be reached`),
        text('检查网络、DNS、防火墙和 gateway 配置', 'Check network, DNS, firewall and the gateway setting.'),
      ),
      skipped('clock', text('未能比对时钟', 'the clock was not compared')),
      skipped('signature', text('未能发出查询', 'no query could be sent')),
    ]
  }
}
