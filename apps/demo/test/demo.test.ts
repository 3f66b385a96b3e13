import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { runDemo } from '../src/demo.ts'
import { languageOf, wordsOf } from '../src/words.ts'

test('takes every kind of payment over real HTTP and ends with equal books', { timeout: 60_000 }, async () => {
  const lines: string[] = []
  const demo = await runDemo({ port: 0, words: wordsOf('en'), print: (line) => void lines.push(line) })
  const trades = (await (await fetch(`${demo.addresses.control}/trades`)).json()) as { status: string }[]
  const page = await fetch(demo.addresses.till)
  const html = await page.text()
  const metrics = await (await fetch(demo.addresses.metrics)).text()
  const [code = ''] = /(?<=#enrol=).*/.exec(demo.addresses.till) ?? []
  await demo.close()
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(html).toContain('<div id="till">')
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/)
  expect(demo.equal).toBe(true)
  expect(trades.map(({ status }) => status)).toEqual([
    'TRADE_SUCCESS',
    'TRADE_SUCCESS',
    'TRADE_CLOSED',
    'TRADE_SUCCESS',
    'TRADE_SUCCESS',
  ])
  expect(metrics).toMatch(/^f2f_payment_settled_total\{.*f2f_payment_status="paid".*\} 4$/m)
  expect(metrics).toMatch(/^f2f_payment_open\{f2f_payment_state="unknown".*\} 0$/m)
  const told = lines.join('\n')
  for (const line of [
    'no answer UNKNOWN_CONNECTION_LOST',
    'cancelling',
    'closed, no money taken',
    'refunded 20.00 yuan',
    code,
    demo.addresses.till,
    demo.addresses.wallet,
    demo.addresses.metrics,
  ]) {
    expect(told).toContain(line)
  }
  expect(lines.filter((line) => /\b2[5-9]\d{14,22}\b/.test(line))).toEqual([])
})

test('a taken port is an error with a code, not a crash', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  await expect(runDemo({ port, words: wordsOf('zh'), print: () => undefined })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  await new Promise((resolve) => taken.close(resolve))
})

test.each([
  [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh'],
  [undefined, { LANG: 'de_DE' }, 'en'],
  ['zh', {}, 'zh'],
  ['en', { LANG: 'zh_CN' }, 'en'],
] as const)('speaks the language asked for or the terminal’s (%o, %o)', (asked, environment, language) => {
  expect(languageOf(asked, environment)).toBe(language)
})
