import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CHECKS } from '../src/accept/checks.ts'
import { openShop, temporaryFolder } from './support/shop.ts'
import { answerOf, f2f } from './support/terminal.ts'

interface Answer {
  readonly report: string
  readonly results: readonly { readonly id: string; readonly verdict: string }[]
}

const verdicts = ({ results }: Answer) => Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]))
const ALL_PASSED = Object.fromEntries(CHECKS.map(({ id }) => [id, 'passed']))

describe('against its own simulator', () => {
  test('everything passes, and the report says so in Chinese', async () => {
    const cwd = temporaryFolder()
    const said = await f2f(['accept', '--json'], { cwd })
    expect(said).toMatchObject({ exit: 0, stderr: '' })
    const answer = answerOf<Answer>(said)
    expect(verdicts(answer)).toEqual(ALL_PASSED)
    const report = readFileSync(answer.report, 'utf8')
    expect(report).toContain('# 支付宝当面付验收报告')
    expect(report).toContain('支付中 → 确认中 → 已支付')
    expect(report).not.toMatch(/paying|succeeded/)
    expect(report).toContain(`通过 ${CHECKS.length} 项，未通过 0 项，未执行 0 项`)
    expect(report.split('\n').filter((line) => /^\| \d+ \|/.test(line))).toHaveLength(CHECKS.length)
  })

  test('on a terminal a bar says how far it is; elsewhere there is none', async () => {
    const bars = async (surroundings: { isTTY: boolean; columns?: number }) => {
      const { stderr, stdout } = await f2f(['accept', '--lang', 'en'], { cwd: temporaryFolder(), ...surroundings })
      expect(stdout).not.toContain('█')
      return stderr.match(/[█░]{24} +\d+%/g)
    }
    const shown = await bars({ isTTY: true, columns: 100 })
    expect(shown).toHaveLength(CHECKS.length)
    expect(shown?.slice(0, 2)).toEqual([`${'░'.repeat(24)}   0%`, `██${'░'.repeat(22)}  10%`])
    expect(await bars({ isTTY: true, columns: 60 })).toBeNull()
    expect(await bars({ isTTY: false })).toBeNull()
  })

  test('HTML when the name says so; an earlier report is not overwritten', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'taken.html'), 'mine')
    const taken = await f2f(['accept', '--report', 'taken.html'], { cwd })
    expect(taken).toMatchObject({ exit: 2, stdout: '' })
    expect(readFileSync(join(cwd, 'taken.html'), 'utf8')).toBe('mine')
    const nowhere = await f2f(['accept', '--report', 'taken.html/report.md', '--json'], { cwd })
    expect(nowhere).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: expect.stringMatching(/"FILE".*Cannot write .*report\.md \(/),
    })
    const said = await f2f(['accept', '--report', 'report.html', '--lang', 'zh'], { cwd })
    expect(said.exit).toBe(0)
    expect(said.stdout).toContain('付款成功')
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<td>通过<\/td>/)
  })
})

describe('against a sandbox', async () => {
  const shop = await openShop({ confirmAfter: 500 })

  test('what nobody can do is named as not done', async () => {
    const said = await shop.run(['accept', '--target', 'sandbox', '--json'])
    expect(said.exit).toBe(5)
    expect(verdicts(answerOf<Answer>(said))).toMatchObject({
      success: 'notDone',
      unknown: 'notDone',
      'notify-real': 'notDone',
      'notify-forged': 'passed',
    })
  })

  test('a person scans codes; none of them is shown', async () => {
    const codes = ['281111111111111100', '281111111111111103']
    const said = await shop.run(['accept', '--target', 'sandbox', '--report', 'sandbox.md', '--json'], {
      input: `${codes.join('\n')}\n`,
    })
    expect(said.exit).toBe(5)
    const { results, report } = answerOf<Answer>(said)
    expect(verdicts({ results, report })).toMatchObject({ success: 'passed', wait: 'passed', failure: 'passed' })
    const everything = said.stdout + said.stderr + readFileSync(report, 'utf8')
    for (const secret of [...codes, ...shop.secrets]) expect(everything).not.toContain(secret)
  })

  test("as the sandbox's rules are: its wallet asks above 2,000 yuan, and takes one refund of the whole", async () => {
    const [success, wait, refused, lost, refunded] = ['00', '03', '05', '00', '00'].map(
      (end) => `2811111111111111${end}`,
    )
    const codes = [success, wait, refused, lost, refunded]
    const said = await shop.run(['accept', '--target', 'sandbox', '--lang', 'en', '--report', 'rules.md', '--json'], {
      input: `${codes.join('\n')}\n`,
    })
    const { results } = answerOf<Answer>(said)
    expect(verdicts({ results, report: '' })).toMatchObject({ wait: 'passed', lost: 'passed', refund: 'passed' })
    const paidFor = (id: string) => {
      const { outTradeNo } = results.find((result) => result.id === id) as { outTradeNo?: string }
      return shop.simulator.ledger.find(outTradeNo ?? '')
    }
    expect(paidFor('wait')).toMatchObject({ totalAmount: '2000.01' })
    expect(paidFor('lost')).toMatchObject({ totalAmount: '0.01' })
    expect(paidFor('refund')?.refunds).toHaveLength(1)
  })

  test.each([
    [['--target', 'production'], '--target is'],
    [['--target', 'sandbox', '--gateway', 'production'], 'No acceptance in production'],
    [['--target', 'sandbox', '--gateway', 'https://openapi.alipay.com/gateway.do'], 'No acceptance in production'],
  ])('%j is refused', async (line, words) => {
    const said = await shop.run(['accept', ...line])
    expect(said).toMatchObject({ exit: 2, stdout: '' })
    expect(said.stderr).toContain(words)
  })
})
