import { expect, test } from 'vitest'
import { declaredNames } from '../check/page/declared.ts'
import { gatewayOf } from '../check/page/gateway.ts'
import { Output, promisedOutput } from '../check/page/output.ts'

test('what a block declares without a value is found, with whether a function that does nothing will do', () => {
  const code = 'declare const alipay: Alipay\ndeclare const say: (text: string) => void\nconst own = 1'
  expect(declaredNames(code)).toEqual([
    { name: 'alipay', isFunction: false },
    { name: 'say', isFunction: true },
  ])
})

test('a promise of output is what stands behind the arrow, in code and in shells', () => {
  expect(promisedOutput("console.log(a) // → paid 1\nf() // 'paid'\nf2f pay # → 已支付")).toEqual(['paid 1', '已支付'])
})

test('promises are kept in their order, and may be kept late', async () => {
  const output = new Output()
  output.add('before paid ')
  const start = output.length
  const kept = output.waitFor(['closed', 'paid'], start)
  output.add('closed ')
  output.add('paid')
  await expect(kept).resolves.toBeUndefined()
})

test("Alipay's own addresses become the simulator's, others stay", () => {
  process.env.F2F_DOCS_GATEWAY = 'http://127.0.0.1:1/gateway.do'
  for (const gateway of [undefined, 'sandbox', 'production', 'http://mcloudmonitor.com/gateway.do']) {
    expect(gatewayOf(gateway)).toBe('http://127.0.0.1:1/gateway.do')
  }
  expect(gatewayOf('http://simulator.local/gateway.do')).toBe('http://simulator.local/gateway.do')
})
