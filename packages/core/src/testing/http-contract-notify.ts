import { assertEqual } from './assert.ts'
import { assertAnswered, type HttpBench, type Json } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

const FORM = 'application/x-www-form-urlencoded'

const assertStatus = async (bench: HttpBench, { outTradeNo }: Json, settled: boolean): Promise<void> => {
  assertEqual((await bench.ask(`/payments/${outTradeNo}`)).json.settled, settled, 'whether the payment is settled')
}

/** Rules about Alipay's notifications. */
export const NOTIFY_RULES: readonly HttpRule[] = [
  {
    name: 'MUST take a genuine notification under every content type Alipay has been seen to use, or none',
    async check(bench) {
      for (const type of [FORM, `${FORM}; text/html; charset=utf-8`, `${FORM}; charset=GBK`, 'text/plain', undefined]) {
        const payment = await bench.begin('waits')
        assertAnswered(await bench.notify(await bench.signedNews(payment), type), 'success')
        await assertStatus(bench, payment, true)
      }
    },
  },
  {
    name: 'MUST take a notification written in GBK',
    async check(bench) {
      const payment = await bench.begin('waits')
      const news = await bench.signedNews(payment, { charset: 'GBK', subject: '中文', body: '龙井茶' })
      assertAnswered(await bench.notify(news, `${FORM}; charset=GBK`), 'success')
    },
  },
  {
    name: 'MUST answer fail to a forged notification, and change nothing',
    async check(bench) {
      const payment = await bench.begin('waits')
      const news = await bench.signedNews(payment)
      assertAnswered(await bench.notify(news.replace('TRADE_SUCCESS', 'TRADE_CLOSED'), FORM), 'fail')
      assertAnswered(await bench.notify(`${news}&total_amount=9.99`, FORM), 'fail')
      await assertStatus(bench, payment, false)
    },
  },
  {
    name: 'MUST answer fail to what is no notification',
    async check(bench) {
      for (const body of ['', '%', 'a=1&a=2', '{"out_trade_no":"1"}', '\u0000', '&'.repeat(3_000)]) {
        assertAnswered(await bench.notify(body, FORM), 'fail')
      }
    },
  },
  {
    name: 'MUST answer fail to a genuine notification about somebody else’s order, amount or application',
    async check(bench) {
      const payment = await bench.begin('waits')
      for (const over of [{ out_trade_no: bench.number() }, { total_amount: '9.99' }, { app_id: '2021999999999999' }]) {
        assertAnswered(await bench.notify(await bench.signedNews(payment, over), FORM), 'fail')
      }
      await assertStatus(bench, payment, false)
    },
  },
  {
    name: 'MUST answer success to the same notification again, together or later, and keep the payment as it is',
    async check(bench) {
      const payment = await bench.begin('waits')
      const news = await bench.signedNews(payment)
      const together = await Promise.all([1, 2, 3, 4, 5].map(() => bench.notify(news, FORM)))
      for (const reply of together) assertAnswered(reply, 'success')
      const before = await bench.ask(`/payments/${payment.outTradeNo}`)
      assertAnswered(await bench.notify(news, FORM), 'success')
      assertEqual((await bench.ask(`/payments/${payment.outTradeNo}`)).json, before.json, 'the payment')
    },
  },
  {
    name: 'MUST answer success to news that come too late or out of order, and not go back',
    async check(bench) {
      const payment = await bench.begin('waits')
      assertAnswered(await bench.notify(await bench.signedNews(payment), FORM), 'success')
      const late = await bench.signedNews(payment, { trade_status: 'WAIT_BUYER_PAY' })
      assertAnswered(await bench.notify(late, FORM), 'success')
      const { json } = await bench.ask(`/payments/${payment.outTradeNo}`)
      assertEqual(json.status, 'paid', 'the payment')
    },
  },
  {
    name: 'MUST take a notification that arrives byte by byte, without a length',
    async check(bench) {
      const payment = await bench.begin('waits')
      const news = await bench.signedNews(payment)
      assertAnswered(await bench.notify([...news.slice(0, 200), news.slice(200)], FORM), 'success')
    },
  },
  {
    name: 'MUST answer fail to an oversized notification, with or without a length, and go on',
    async check(bench) {
      const payment = await bench.begin('waits')
      const news = `${await bench.signedNews(payment)}&body=`
      assertAnswered(await bench.notify(news + 'x'.repeat(200_000), FORM), 'fail')
      const pieces = Array.from({ length: 20 }, () => 'x'.repeat(10_000))
      assertAnswered(await bench.notify([news, ...pieces], FORM), 'fail')
      assertAnswered(await bench.notify(await bench.signedNews(payment), FORM), 'success')
    },
  },
  {
    name: 'MUST have settled the payment by the time success is answered',
    async check(bench) {
      for (let round = 0; round < 5; round++) {
        const payment = await bench.begin('waits')
        assertAnswered(await bench.notify(await bench.signedNews(payment), FORM), 'success')
        await assertStatus(bench, payment, true)
      }
    },
  },
]
