import { beijingTimestamp } from '@f2f/core'
import type { Result, Stage, Verdict } from './stage.ts'

/** What the report says about the whole. */
export interface Acceptance {
  readonly stage: Pick<Stage, 'mode' | 'appId'>
  readonly results: readonly Result[]
  /** ms since 1970. */
  readonly at: number
}

const VERDICTS: Readonly<Record<Verdict, string>> = { passed: '通过', failed: '未通过', notDone: '未执行' }
const MODES = { simulator: 'f2f 模拟网关', sandbox: '支付宝沙箱' }
const HEAD = ['序号', '项目', '结果', '观察', '商户订单号', '支付宝交易号', '时间']

const rows = ({ results }: Acceptance): readonly (readonly string[])[] =>
  results.map(({ title, verdict, seen, outTradeNo, tradeNo, at }, index) => [
    String(index + 1),
    title.zh,
    VERDICTS[verdict],
    seen.zh,
    outTradeNo ?? '',
    tradeNo ?? '',
    beijingTimestamp(at.getTime()),
  ])

const summary = ({ results }: Acceptance): string => {
  const count = (verdict: Verdict) => results.filter((one) => one.verdict === verdict).length
  return `通过 ${count('passed')} 项，未通过 ${count('failed')} 项，未执行 ${count('notDone')} 项`
}

const facts = (acceptance: Acceptance): readonly string[] => [
  `环境：${MODES[acceptance.stage.mode]}`,
  `应用：${acceptance.stage.appId}`,
  `时间：${beijingTimestamp(acceptance.at)}（北京时间）`,
  `结论：${summary(acceptance)}`,
]

const TITLE = '支付宝当面付验收报告'
const SIGNATURE = '验收人签字：________________　日期：________________'

const markdown = (acceptance: Acceptance): string => {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [
    `# ${TITLE}`,
    '',
    ...facts(acceptance).map((fact) => `- ${fact}`),
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...rows(acceptance).map(line),
    '',
    SIGNATURE,
    '',
  ].join('\n')
}

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one)

const html = (acceptance: Acceptance): string => {
  const cells = (tag: string, values: readonly string[]) =>
    values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>${TITLE}</title>
<style>
body { font: 15px/1.6 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left; overflow-wrap: anywhere }
</style>
<h1>${TITLE}</h1>
<ul>${facts(acceptance)
    .map((fact) => `<li>${escaped(fact)}</li>`)
    .join('')}</ul>
<table>
<thead><tr>${cells('th', HEAD)}</tr></thead>
<tbody>
${rows(acceptance)
  .map((row) => `<tr>${cells('td', row)}</tr>`)
  .join('\n')}
</tbody>
</table>
<p>${SIGNATURE}</p>
</html>
`
}

/** The report to hand to the shop's owner, in Chinese: HTML for a path that ends so, otherwise Markdown. */
export const acceptanceReport = (acceptance: Acceptance, path: string): string =>
  /\.html?$/i.test(path) ? html(acceptance) : markdown(acceptance)
