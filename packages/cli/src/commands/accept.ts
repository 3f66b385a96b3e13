import { resolve } from 'node:path'
import { beijingTimestamp, isF2fError } from '@f2f/core'
import { CHECKS, type Check } from '../accept/checks.ts'
import { acceptanceReport } from '../accept/report.ts'
import type { Result, Stage, Verdict } from '../accept/stage.ts'
import { secretAsker } from '../ask.ts'
import { type Call, defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS } from '../config/names.ts'
import { readSettings } from '../config/settings.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import { refuseTaken, writeNew } from '../files.ts'
import type { Output } from '../output.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'

const performed = async (check: Check, stage: Stage): Promise<Result> => {
  const about = { id: check.id, title: check.title }
  try {
    return { ...about, ...(await check.run(stage)), at: new Date(stage.now()) }
  } catch (error) {
    if (!isF2fError(error) || error.code === 'WAIT_ABORTED') throw error
    const seen = text(`${error.code}：${error.message}`, `${error.code}: ${error.message}`)
    return { ...about, verdict: 'failed', seen, at: new Date(stage.now()) }
  }
}

const lineOf = (output: Output, { verdict, title, seen, outTradeNo }: Result): string => {
  const { color } = output
  const mark = { passed: color.green('✓'), failed: color.red('✗'), notDone: color.yellow('–') }[verdict]
  return `${mark} ${output.say(title)}  ${color.dim(`${output.say(seen)}${outTradeNo === undefined ? '' : `  ${outTradeNo}`}`)}`
}

const exitOf = (results: readonly Result[]): ExitCode => {
  const has = (verdict: Verdict) => results.some((one) => one.verdict === verdict)
  if (has('failed')) return EXIT.no
  return has('notDone') ? EXIT.warnings : EXIT.ok
}

const openStage = async (target: string, { context, flags, output }: Pick<Call, 'context' | 'flags' | 'output'>) => {
  if (target === 'simulator') return (await import('../accept/simulator-stage.ts')).simulatorStage(context)
  if (target !== 'sandbox')
    throw new Problem('USAGE', text('--target 只能是 simulator 或 sandbox。', '--target is simulator or sandbox.'))
  const { sandboxStage } = await import('../accept/sandbox-stage.ts')
  return sandboxStage(await readSettings({ context, flags }), context, secretAsker({ context, output }))
}

export const accept = defineCommand({
  name: 'accept',
  about: text('执行当面付验收（云验收）并写出报告', 'play the acceptance (云验收) and write the report'),
  more: text(
    '默认对自带的模拟网关执行，几秒完成。--target sandbox 对支付宝沙箱执行，由人扫入沙箱钱包的付款码；沙箱做不到的项目标为未执行。',
    "Against a simulator of its own in seconds; with --target sandbox against Alipay's sandbox, with a person who scans codes of the sandbox wallet. What the sandbox cannot do is named as not done.",
  ),
  arguments: [],
  options: {
    target: { type: 'string', value: 'simulator|sandbox', about: text('对象（默认 simulator）', 'default simulator') },
    report: {
      type: 'string',
      value: 'file.md|file.html',
      about: text('报告文件（默认 f2f-acceptance-时间.md）', 'default f2f-acceptance-<time>.md'),
    },
    ...ALIPAY_OPTIONS,
  },
  examples: ['f2f accept --report 验收报告.html', 'f2f accept --target sandbox'],
  async run({ flags, context, output }) {
    const { target = 'simulator' } = flags
    const at = context.clock.now()
    const name = `f2f-acceptance-${beijingTimestamp(at).replace(/\D/g, '')}.md`
    const path = resolve(context.cwd, flags.report ?? name)
    await refuseTaken(path)
    const stage = await openStage(target, { context, flags, output })
    const results: Result[] = []
    try {
      for (const [index, check] of CHECKS.entries()) {
        output.progress(text(`${check.title.zh}…`, `${check.title.en}…`), index / CHECKS.length)
        const result = await performed(check, stage)
        context.signal.throwIfAborted() // a check that was stopped says nothing, and the rest is not played
        results.push(result)
        output.line(lineOf(output, result))
      }
    } finally {
      await stage.close()
    }
    await writeNew(path, acceptanceReport({ stage, results, at }, path))
    const view = results.map(({ title, seen, ...rest }) => ({
      ...rest,
      title: output.say(title),
      seen: output.say(seen),
    }))
    output.result({ target, report: path, results: view }, () => ['', path])
    return exitOf(results)
  },
})
