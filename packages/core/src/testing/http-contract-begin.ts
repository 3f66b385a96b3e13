import { assert, assertEqual } from './assert.ts'
import { assertProblem } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

/** Rules about beginning payments. */
export const BEGIN_RULES: readonly HttpRule[] = [
  {
    name: 'MUST begin a barcode payment with 201, the payment, and its address relative to the request',
    async check(bench) {
      const order = await bench.order('waits', { totalAmount: '88.8', subject: '龙井茶 two cups' })
      const reply = await bench.post('/payments', order)
      assertEqual(reply.status, 201, reply.text)
      assertEqual(reply.headers.location, `payments/${order.outTradeNo}`, 'location')
      assertEqual(reply.headers['content-type'], 'application/json', 'content type')
      const { outTradeNo, kind, totalAmount, subject, settled } = reply.json
      assertEqual(
        { outTradeNo, kind, totalAmount, subject, settled },
        { outTradeNo: order.outTradeNo, kind: 'barcode', totalAmount: '88.80', subject: order.subject, settled: false },
        'the payment',
      )
    },
  },
  {
    name: 'MUST give the ids of the caller to the payment, without being told',
    async check(bench) {
      const { storeId, terminalId, operatorId } = await bench.begin('waits')
      assertEqual({ storeId, terminalId, operatorId }, { storeId: 'S1', terminalId: 'T1', operatorId: 'O1' }, 'ids')
    },
  },
  {
    name: 'MUST never show the full payment code, nor what is only for the books',
    async check(bench) {
      const order = await bench.order('waits')
      const { text, json } = await bench.post('/payments', order)
      const shown = await bench.ask(`/payments/${order.outTradeNo}`)
      for (const each of [text, shown.text]) assert(!each.includes(String(order.authCode)), `the code is in ${each}`)
      assertEqual(String(json.maskedAuthCode).slice(-4), String(order.authCode).slice(-4), 'the masked code ends')
      for (const name of ['fingerprint', 'reports', 'askFrom', 'nextAt', 'dueAt', 'history']) {
        assert(!(name in json), `${name} is shown`)
      }
    },
  },
  {
    name: 'MUST make up a number when none is given, another each time',
    async check(bench) {
      const numbers = new Set<unknown>()
      for (let index = 0; index < 3; index++) {
        const { outTradeNo } = await bench.begin('waits', { outTradeNo: undefined })
        assert(/^\w{1,64}$/.test(String(outTradeNo)), `the number is ${outTradeNo}`)
        numbers.add(outTradeNo)
      }
      assertEqual(numbers.size, 3, 'different numbers')
    },
  },
  {
    name: 'MUST answer the same number with the same content with the same payment, and 200',
    async check(bench) {
      const order = await bench.order('waits')
      const first = await bench.post('/payments', order)
      const again = await bench.post('/payments', order)
      assertEqual([first.status, again.status], [201, 200], 'statuses')
      assertEqual(again.json.createdAt, first.json.createdAt, 'when it was begun')
    },
  },
  {
    name: 'MUST begin one payment when the same order arrives ten times at once',
    async check(bench) {
      const order = await bench.order('waits')
      const replies = await Promise.all(Array.from({ length: 10 }, () => bench.post('/payments', order)))
      for (const reply of replies) assert(reply.status === 201 || reply.status === 200, reply.text)
      assertEqual(new Set(replies.map(({ json }) => json.createdAt)).size, 1, 'moments of beginning')
    },
  },
  {
    name: 'MUST answer the same number with other content with a conflict',
    async check(bench) {
      const order = await bench.order('waits')
      await bench.post('/payments', order)
      assertProblem(await bench.post('/payments', { ...order, totalAmount: '2.00' }), 409, 'PAYMENT_CONFLICT')
    },
  },
  {
    name: 'MUST show why Alipay refused a payment',
    async check(bench) {
      const { outTradeNo } = await bench.begin('refuses')
      const { json } = await bench.ask(`/payments/${outTradeNo}?wait=30`)
      assertEqual([json.status, json.settled], ['failed', true], 'how it ended')
      assertEqual((json.failure as { code?: unknown } | undefined)?.code, '40004', "Alipay's code")
    },
  },
  {
    name: 'MUST offer a QR payment with the text to show',
    async check(bench) {
      const order = { outTradeNo: bench.number(), totalAmount: '1.00', subject: 'tea' }
      const reply = await bench.post('/qr-payments', order)
      assertEqual([reply.status, reply.json.kind], [201, 'qr'], reply.text)
      assertEqual(reply.headers.location, `payments/${order.outTradeNo}`, 'location')
      assert(typeof reply.json.qrCode === 'string' && reply.json.qrCode !== '', 'there is no qrCode')
      const again = await bench.post('/qr-payments', order)
      assertEqual([again.status, again.json.qrCode], [200, reply.json.qrCode], 'the same again')
    },
  },
]
