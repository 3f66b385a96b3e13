import { assert, assertEqual } from './assert.ts'
import { assertProblem, TILL } from './http-contract-bench.ts'
import type { HttpRule } from './http-contract-rule.ts'

/** Rules about cancelling and refunding. */
export const CHANGE_RULES: readonly HttpRule[] = [
  {
    name: 'MUST cancel a payment that waits, with or without a body, and leave a settled one alone',
    async check(bench) {
      const { outTradeNo } = await bench.begin('waits')
      const cancelled = await bench.ask(`/payments/${outTradeNo}/cancel`, { method: 'POST' })
      assertEqual([cancelled.status, cancelled.json.cancelReason], [200, 'requested'], cancelled.text)
      assertEqual((await bench.ask(`/payments/${outTradeNo}?wait=30`)).json.status, 'closed', 'how it ends')
      const paid = await bench.paid()
      const kept = await bench.post(`/payments/${paid.outTradeNo}/cancel`, {})
      assertEqual([kept.status, kept.json.status], [200, 'paid'], 'a paid one')
    },
  },
  {
    name: 'MUST say that there is no payment to cancel or refund',
    async check(bench) {
      const path = `/payments/${bench.number()}`
      assertProblem(await bench.post(`${path}/cancel`, {}), 404, 'PAYMENT_NOT_FOUND')
      const refund = { outRequestNo: 'R1', refundAmount: '0.10' }
      assertProblem(await bench.post(`${path}/refunds`, refund), 404, 'PAYMENT_NOT_FOUND')
      assertProblem(await bench.ask(`${path}/refunds/R1`), 404, 'PAYMENT_NOT_FOUND')
    },
  },
  {
    name: 'MUST refund with 201, and show the refund by its number and in the payment',
    async check(bench) {
      const { outTradeNo } = await bench.paid()
      const outRequestNo = 'R-1/甲'
      const refund = { outRequestNo, refundAmount: '0.4', reason: 'cold' }
      const reply = await bench.post(`/payments/${outTradeNo}/refunds`, refund)
      assertEqual([reply.status, reply.json.status], [201, 'succeeded'], reply.text)
      assertEqual([reply.json.refundAmount, reply.json.reason], ['0.40', 'cold'], 'the refund')
      assertEqual(reply.json.operatorId, TILL.operatorId, 'who gave it')
      assertEqual(reply.headers.location, `refunds/${encodeURIComponent(outRequestNo)}`, 'location')
      const shown = await bench.ask(`/payments/${outTradeNo}/refunds/${encodeURIComponent(outRequestNo)}`)
      assertEqual([shown.status, shown.json], [200, reply.json], 'by its number')
      const { json } = await bench.ask(`/payments/${outTradeNo}`)
      assertEqual([json.refunds, json.refundedAmount, json.refundableAmount], [[reply.json], '0.40', '0.60'], 'payment')
      assertProblem(await bench.ask(`/payments/${outTradeNo}/refunds/R2`), 404, 'REFUND_NOT_FOUND')
    },
  },
  {
    name: 'MUST refund once, however often the same refund is asked for',
    async check(bench) {
      const { outTradeNo } = await bench.paid()
      const path = `/payments/${outTradeNo}/refunds`
      const refund = { outRequestNo: 'R1', refundAmount: '0.40' }
      await Promise.all([bench.post(path, refund), bench.post(path, refund)])
      const again = await bench.post(path, refund)
      assertEqual([again.status, again.json.outRequestNo], [200, 'R1'], again.text)
      assertEqual((await bench.ask(`/payments/${outTradeNo}`)).json.refundableAmount, '0.60', 'what is left')
    },
  },
  {
    name: 'MUST refuse a refund of another amount under the same number, of too much, and of what is not paid',
    async check(bench) {
      const { outTradeNo } = await bench.paid()
      const path = `/payments/${outTradeNo}/refunds`
      await bench.post(path, { outRequestNo: 'R1', refundAmount: '0.40' })
      assertProblem(await bench.post(path, { outRequestNo: 'R1', refundAmount: '0.50' }), 409, 'REFUND_CONFLICT')
      assertProblem(await bench.post(path, { outRequestNo: 'R2', refundAmount: '0.61' }), 409, 'REFUND_TOO_MUCH')
      const waiting = await bench.begin('waits')
      const early = await bench.post(`/payments/${waiting.outTradeNo}/refunds`, {
        outRequestNo: 'R1',
        refundAmount: '0.10',
      })
      assertProblem(early, 409, 'PAYMENT_NOT_REFUNDABLE')
    },
  },
  {
    name: 'MUST refuse a refund above what the caller may give back, earlier refunds of the payment included',
    async check(bench) {
      const as = { ...TILL, refundLimit: '0.50' }
      const { outTradeNo } = await bench.paid()
      const refund = (outRequestNo: string, refundAmount: string) =>
        bench.post(`/payments/${outTradeNo}/refunds`, { outRequestNo, refundAmount }, { as })
      assertProblem(await refund('R1', '0.51'), 403, 'AUTH_REFUND_LIMIT', 'refundAmount')
      assertEqual((await refund('R1', '0.30')).status, 201, 'within the limit')
      assertEqual((await refund('R1', '0.30')).status, 200, 'the same again')
      assertProblem(await refund('R2', '0.30'), 403, 'AUTH_REFUND_LIMIT')
      const { json } = await bench.ask(`/payments/${outTradeNo}`)
      assert(json.refundedAmount === '0.30', `refunded: ${json.refundedAmount}`)
      const other = await bench.paid()
      const atOnce = ['R1', 'R2', 'R3'].map((outRequestNo) =>
        bench.post(`/payments/${other.outTradeNo}/refunds`, { outRequestNo, refundAmount: '0.30' }, { as }),
      )
      const statuses = (await Promise.all(atOnce)).map(({ status }) => status)
      assertEqual(statuses.sort(), [201, 403, 403], 'refunds at the same time')
    },
  },
]
